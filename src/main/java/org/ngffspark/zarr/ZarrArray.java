// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * An array of numbers in a store: Zarr v2 or v3, or a data set of N5, whose blocks are chunks and
 * whose axes are those of N5 from the last to the first.
 *
 * <p>Boxes and grid positions have the axes of the array, in elements and in chunks. Chunks that
 * are not stored read as the fill value. Safe for several threads. Inside this JVM a write unit has
 * one writer at a time, through however many objects of this class that reach it by the same URI,
 * so writes of different boxes of one unit lose nothing; of two processes that write one unit, one
 * version stays, whole. A read of a shard meets one version of what this JVM writes; if another
 * process replaces the shard meanwhile it may give an error, or chunks of it.
 */
public final class ZarrArray {
  private final UnitFormat format;

  private ZarrArray(UnitFormat format) {
    this.format = format;
  }

  /**
   * Opens an array of any format; {@code zarr.json} is looked for first, then {@code .zarray}.
   *
   * @throws FormatException if there is no array, or its metadata is wrong or not supported
   */
  public static ZarrArray open(StorePath path) {
    return openIfPresent(path, ZarrFormat.V3)
        .or(() -> openIfPresent(path, ZarrFormat.V2))
        .or(() -> openIfPresent(path, ZarrFormat.N5))
        .orElseThrow(
            () ->
                new FormatException(
                    path.toString(),
                    "there is no array: neither zarr.json, .zarray nor attributes.json"));
  }

  /**
   * Opens an array whose format is known, in one request.
   *
   * @throws FormatException if there is no array of that format, or its metadata is wrong or not
   *     supported
   */
  public static ZarrArray open(StorePath path, ZarrFormat format) {
    return openIfPresent(path, format)
        .orElseThrow(
            () ->
                new FormatException(
                    path.toString(), "there is no array: no " + NodeFiles.array(format)));
  }

  private static Optional<ZarrArray> openIfPresent(StorePath path, ZarrFormat format) {
    StorePath file = path.child(NodeFiles.array(format));
    return Json.read(file)
        .map(
            node ->
                new ZarrArray(
                    UnitFormat.of(
                        path,
                        ArrayMetadata.parse(format, node, file.toString()),
                        file.toString())));
  }

  /**
   * An array without attributes.
   *
   * @throws FormatException if the metadata names an unknown codec
   */
  public static ZarrArray create(StorePath path, ArrayMetadata metadata) {
    return create(path, metadata, Json.object());
  }

  /**
   * A new array. It has no chunks unless some lie there already: to replace an array, remove what
   * lies below its path first ({@code Store.deleteTree}). Consolidated metadata of the groups above
   * is removed, for it would not list the array.
   *
   * @throws FormatException if the metadata names an unknown codec
   */
  public static ZarrArray create(StorePath path, ArrayMetadata metadata, ObjectNode attributes) {
    ZarrArray array = at(path, metadata);
    NodeFiles.writeArray(path, metadata.format(), metadata.toJson(attributes), attributes);
    return array;
  }

  /**
   * An array whose metadata is known, without looking into the store: chunks of another array that
   * are staged elsewhere, say.
   *
   * @throws FormatException if the metadata names an unknown codec
   */
  public static ZarrArray at(StorePath path, ArrayMetadata metadata) {
    String file = path.child(NodeFiles.array(metadata.format())).toString();
    return new ZarrArray(UnitFormat.of(path, metadata, file));
  }

  /** Whether all stored chunks have the same length whatever they hold, as without compression. */
  public boolean hasFixedLength() {
    return format.codecs().fixedEncodedLength().isPresent();
  }

  public StorePath path() {
    return format.path();
  }

  public ArrayMetadata metadata() {
    return format.metadata();
  }

  public Shape shape() {
    return format.metadata().shape();
  }

  public DataType type() {
    return format.metadata().type();
  }

  /** The chunks; inner chunks where the array is sharded. */
  public ChunkGrid chunks() {
    return format.chunks();
  }

  /** The smallest pieces that can be written without their neighbours: shards, else chunks. */
  public ChunkGrid writeUnits() {
    return format.units();
  }

  /** The write unit that holds a chunk. */
  public GridPosition writeUnitOf(GridPosition chunk) {
    UnitFormat.requireIn(format.chunks(), chunk);
    return format.unitOf(chunk);
  }

  /** The key of a write unit's value in the store. */
  public String key(GridPosition writeUnit) {
    return format.key(writeUnit);
  }

  /** The attributes, read anew; an empty object if there are none. */
  public ObjectNode attributes() {
    return NodeFiles.attributes(path(), metadata().format());
  }

  /** Replaces the attributes and removes consolidated metadata that holds them. */
  public void writeAttributes(ObjectNode attributes) {
    NodeFiles.writeAttributes(path(), metadata().format(), attributes);
  }

  /**
   * The elements of a box in new memory.
   *
   * @throws IllegalArgumentException if the box reaches outside the array
   * @throws FormatException if a chunk is damaged
   */
  public NdArray read(Box box) {
    requireInside(box);
    NdArray target = NdArray.zeros(type(), box.shape());
    read(box, target);
    return target;
  }

  /**
   * Reads a box. Only chunks that touch it are read, each once; where the box is one whole chunk it
   * is decoded right into {@code target}.
   *
   * @param target of the array's type and the box's shape
   * @throws IllegalArgumentException if the box reaches outside the array, or the target is not so
   * @throws FormatException if a chunk is damaged
   */
  public void read(Box box, NdArray target) {
    requireFits(box, target);
    read(box, new ArrayTarget(box, target));
  }

  /** As {@link #read(Box, NdArray)}, into a target that takes chunk by chunk. */
  public void read(Box box, BoxTarget target) {
    requireInside(box);
    try (ChunkBuffers buffers = ChunkBuffers.borrow();
        BoxRead reading = new BoxRead(format, box, target, buffers)) {
      new ChunkReader(format, buffers).read(box, reading);
    }
  }

  /** As {@link #read(Box, NdArray)}, with decoded chunks from {@code source}. */
  public void read(Box box, NdArray target, ChunkSource source) {
    requireFits(box, target);
    try (ChunkBuffers buffers = ChunkBuffers.borrow();
        BoxRead reading = new BoxRead(format, box, new ArrayTarget(box, target), buffers)) {
      for (GridPosition chunk : chunks().touching(box)) {
        source
            .chunk(this, chunk)
            .ifPresentOrElse(
                content -> reading.stored(chunk, content), () -> reading.missing(chunk));
      }
    }
  }

  /**
   * One decoded chunk of the full chunk shape, in new memory.
   *
   * @return empty if it is not stored
   * @throws IllegalArgumentException if there is no such chunk in the grid
   */
  public Optional<NdArray> readChunk(GridPosition chunk) {
    UnitFormat.requireIn(chunks(), chunk);
    ChunkCopy copy = new ChunkCopy(() -> NdArray.zeros(type(), chunks().chunk()));
    return readChunk(chunk, copy);
  }

  /**
   * Decodes one chunk.
   *
   * @param target of the array's type and the full chunk shape
   * @return {@code target}; empty if the chunk is not stored, and {@code target} as it was
   * @throws IllegalArgumentException if there is no such chunk in the grid, or the target is not so
   */
  public Optional<NdArray> readChunk(GridPosition chunk, NdArray target) {
    UnitFormat.requireIn(chunks(), chunk);
    requireType(target, chunks().chunk());
    return readChunk(chunk, new ChunkCopy(() -> target));
  }

  private Optional<NdArray> readChunk(GridPosition chunk, ChunkCopy copy) {
    try (ChunkBuffers buffers = ChunkBuffers.borrow()) {
      new ChunkReader(format, buffers).read(chunks().box(chunk), copy);
      return copy.content();
    }
  }

  /**
   * Writes a box, write unit by write unit, each in one step. Chunks that the box covers are not
   * read before; a unit that becomes all fill value is deleted.
   *
   * @param patch of the array's type and the box's shape
   * @throws IllegalArgumentException if the box reaches outside the array, or the patch is not so
   * @throws FormatException if a chunk that is only partly covered is damaged
   */
  public void write(Box box, NdArray patch) {
    requireFits(box, patch);
    for (GridPosition unit : writeUnits().touching(box)) {
      Box part = writeUnits().fullBox(unit).intersect(box);
      store(unit, update -> new PatchWrite(format, box, patch).apply(update, part));
    }
  }

  /**
   * Changes the chunks that touch a box, write unit by write unit, each in one step: reads the
   * unit, calls {@code edit} for each chunk, writes the unit, while no other writer of this JVM
   * comes between. The edit must not write to any array.
   *
   * @throws IllegalArgumentException if the box reaches outside the array
   * @throws FormatException if a chunk is damaged
   */
  public void modify(Box box, ChunkEdit edit) {
    requireInside(box);
    for (GridPosition unit : writeUnits().touching(box)) {
      Box part = writeUnits().fullBox(unit).intersect(box);
      store(
          unit,
          update -> {
            for (GridPosition chunk : chunks().touching(part)) {
              Box full = chunks().fullBox(chunk);
              Box local = full.intersect(part);
              edit.apply(update.chunk(chunk), local.relativeTo(full), local.relativeTo(box));
              update.seal(chunk);
            }
          });
    }
  }

  private void store(GridPosition unit, Consumer<UnitUpdate> change) {
    KeyLock lock = KeyLocks.of(format.file(unit));
    synchronized (lock) {
      try (UnitUpdate update = update(unit)) {
        change.accept(update);
        Optional<ByteBuffer> value = update.encode();
        lock.write(() -> replace(key(unit), value));
      }
    }
  }

  private void replace(String key, Optional<ByteBuffer> value) {
    if (value.isPresent()) {
      path().store().write(key, value.get());
    } else {
      path().store().delete(key);
    }
  }

  /**
   * Begins a read-modify-write of one write unit.
   *
   * @throws IllegalArgumentException if there is no such unit in the grid
   */
  public UnitUpdate update(GridPosition unit) {
    UnitFormat.requireIn(writeUnits(), unit);
    return new UnitUpdate(this, format, unit, Optional.empty());
  }

  /** As {@link #update(GridPosition)}, with decoded chunks from {@code source}. */
  public UnitUpdate update(GridPosition unit, ChunkSource source) {
    UnitFormat.requireIn(writeUnits(), unit);
    return new UnitUpdate(this, format, unit, Optional.of(source));
  }

  /**
   * Reads a write unit, all of it in one request, to decode any of its chunks from memory.
   *
   * @throws IllegalArgumentException if there is no such unit in the grid
   * @throws FormatException if its index is damaged
   */
  public UnitContent readContent(GridPosition unit) {
    UnitFormat.requireIn(writeUnits(), unit);
    return UnitContent.read(format, unit);
  }

  /**
   * Begins a new value of a write unit of which every chunk is taken; what is stored is not read.
   *
   * @throws IllegalArgumentException if there is no such unit in the grid
   */
  public UnitUpdate replacement(GridPosition unit) {
    UnitFormat.requireIn(writeUnits(), unit);
    return new UnitUpdate(this, format, UnitContent.none(format, unit));
  }

  /**
   * Begins a change of a write unit whose content is at hand; the store is not read again.
   *
   * @param content from {@link #readContent} of this array
   */
  public UnitUpdate update(UnitContent content) {
    return new UnitUpdate(this, format, content);
  }

  /**
   * The encoded value of a write unit, in new memory.
   *
   * @return empty if it is not stored
   */
  public Optional<ByteBuffer> readUnit(GridPosition unit) {
    UnitFormat.requireIn(writeUnits(), unit);
    return path()
        .store()
        .read(key(unit), ChunkBuffers.fresh(format.maxLength(), format.location(unit)));
  }

  /** The write units that are stored, in C order. Lists the store. */
  public List<GridPosition> existingUnits() {
    String prefix = path().key("");
    return path().store().list(path().path()).stream()
        .filter(key -> key.startsWith(prefix))
        .flatMap(
            key ->
                metadata().keys().position(key.substring(prefix.length()), shape().rank()).stream())
        .filter(position -> UnitFormat.contains(writeUnits(), position))
        .sorted()
        .toList();
  }

  private void requireInside(Box box) {
    if (!box.isWithin(shape())) {
      throw new IllegalArgumentException(
          "Box " + box + " reaches outside array " + path() + " of shape " + shape());
    }
  }

  private void requireFits(Box box, NdArray patch) {
    requireInside(box);
    requireType(patch, box.shape());
  }

  private void requireType(NdArray patch, Shape shape) {
    if (patch.type() != type() || !patch.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Memory is " + patch + " but array " + path() + " needs " + type() + shape);
    }
  }

  @Override
  public String toString() {
    return type().toString() + shape() + " at " + path();
  }
}
