// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * One read-modify-write of one write unit: take the chunks to change, change them, encode the unit.
 * Nothing is written to the store, and nothing is locked: that is the caller's part, or that of
 * {@link ZarrArray#write} and {@link ZarrArray#modify}.
 *
 * <p>Inner chunks of a shard that were not taken are carried over as encoded bytes; the stored
 * shard is read only if there are such. What comes from an update is valid until it is closed; one
 * that is not closed is no leak, but its memory is not used again. Not safe for several threads.
 */
public final class UnitUpdate implements AutoCloseable {
  private final ZarrArray array;
  private final UnitFormat format;
  private final GridPosition unit;
  private final Optional<ChunkSource> source;
  private final ChunkBuffers buffers = ChunkBuffers.borrow();
  private final TreeMap<Integer, Slot> slots = new TreeMap<>();
  private Optional<StoredUnit> stored = Optional.empty();

  /**
   * @param source of decoded chunks; empty for the store
   */
  UnitUpdate(ZarrArray array, UnitFormat format, GridPosition unit, Optional<ChunkSource> source) {
    this.array = array;
    this.format = format;
    this.unit = unit;
    this.source = source;
  }

  /**
   * @param content what is stored, read before
   */
  UnitUpdate(ZarrArray array, UnitFormat format, UnitContent content) {
    this(array, format, content.unit(), Optional.empty());
    this.stored = Optional.of(content.stored());
  }

  /**
   * A chunk's content, to be changed: fill value where it is not stored. The same array whenever
   * the same chunk is asked for.
   *
   * @param chunk position in {@link ZarrArray#chunks}
   * @throws IllegalArgumentException if the chunk is not of this unit
   * @throws IllegalStateException if the chunk was {@linkplain #seal sealed}
   */
  public NdArray chunk(GridPosition chunk) {
    int slot = slot(chunk);
    if (!slots.containsKey(slot)) {
      NdArray content = take();
      load(chunk, slot, content);
      slots.put(slot, new Slot.Changed(chunk, content, Slot.Owner.BUFFERS));
    }
    return changed(chunk, slot).content();
  }

  /**
   * As {@link #chunk}, but all fill value in place of what is stored, which is not read.
   *
   * @throws IllegalArgumentException if the chunk is not of this unit
   * @throws IllegalStateException if the chunk was sealed
   */
  public NdArray emptyChunk(GridPosition chunk) {
    NdArray content = rawChunk(chunk);
    content.fill(format.metadata().fill().bits());
    return content;
  }

  /** As {@link #emptyChunk}, but with arbitrary content: all of it must be overwritten. */
  public NdArray rawChunk(GridPosition chunk) {
    int slot = slot(chunk);
    if (!slots.containsKey(slot)) {
      slots.put(slot, new Slot.Changed(chunk, take(), Slot.Owner.BUFFERS));
    }
    return changed(chunk, slot).content();
  }

  /**
   * Takes {@code content} as the chunk's new content, without a copy; it must not change until this
   * update is closed.
   *
   * @throws IllegalArgumentException if the chunk is not of this unit, or the content not of the
   *     array's type and the full chunk shape
   */
  public void replace(GridPosition chunk, NdArray content) {
    if (content.type() != format.metadata().type()
        || !content.shape().equals(format.metadata().chunks())) {
      throw new IllegalArgumentException(
          "A chunk is "
              + format.metadata().type()
              + format.metadata().chunks()
              + ", got "
              + content);
    }
    Slot before = slots.put(slot(chunk), new Slot.Changed(chunk, content, Slot.Owner.CALLER));
    release(before);
  }

  /**
   * Encodes a chunk that will not be changed any more and lets its decoded content go, so that
   * changing many inner chunks of one shard needs memory for one of them.
   */
  public void seal(GridPosition chunk) {
    int slot = slot(chunk);
    if (format.shard().isPresent() && slots.get(slot) instanceof Slot.Changed changed) {
      slots.put(slot, encode(changed));
    }
  }

  /**
   * The unit's new value, in a buffer that is valid until this update is closed. Seals all chunks.
   *
   * @return empty if all of it is fill value: the unit's key must not exist
   */
  public Optional<ByteBuffer> encode() {
    if (format.shard().isPresent()) {
      return encodeShard(format.shard().get());
    }
    if (slots.get(0) instanceof Slot.Changed changed) {
      return isFill(changed.content())
          ? Optional.empty()
          : Optional.of(format.encode(changed, buffers));
    }
    return stored().chunk(0);
  }

  private Optional<ByteBuffer> encodeShard(ShardCodec shard) {
    slots.replaceAll(
        (slot, state) -> state instanceof Slot.Changed changed ? encode(changed) : state);
    // Chunks of the unit that lie past the array's end are in no one's reach.
    int reachable = format.chunks().touching(format.units().box(unit)).size();
    StoredUnit carried = slots.size() == reachable ? StoredUnit.NONE : stored();
    return new ShardAssembly(shard, slots, carried, buffers).assemble();
  }

  private Slot.Encoded encode(Slot.Changed changed) {
    Slot.Encoded encoded = Slot.Encoded.EMPTY;
    if (!isFill(changed.content())) {
      ByteBuffer bytes = format.encode(changed, buffers);
      encoded = new Slot.Encoded(buffers.arena().append(bytes), bytes.remaining());
    }
    release(changed);
    return encoded;
  }

  private boolean isFill(NdArray content) {
    FillValue fill = format.metadata().fill();
    return fill.declared().isPresent() && content.isFilledWith(fill.bits());
  }

  private void load(GridPosition chunk, int slot, NdArray content) {
    if (source.isPresent()) {
      source
          .get()
          .chunk(array, chunk)
          .ifPresentOrElse(content::copyFrom, () -> content.fill(format.metadata().fill().bits()));
      return;
    }
    Optional<ByteBuffer> encoded = stored().chunk(slot);
    if (encoded.isPresent()) {
      format
          .codecs()
          .decode(encoded.get(), content, buffers.codecs(), format.location(unit, chunk));
    } else {
      content.fill(format.metadata().fill().bits());
    }
  }

  private StoredUnit stored() {
    if (stored.isEmpty()) {
      stored = Optional.of(StoredUnit.read(format, unit, buffers));
    }
    return stored.get();
  }

  private Slot.Changed changed(GridPosition chunk, int slot) {
    if (slots.get(slot) instanceof Slot.Changed changed) {
      return changed;
    }
    throw new IllegalStateException("Chunk " + chunk + " is already encoded");
  }

  private int slot(GridPosition chunk) {
    UnitFormat.requireIn(format.chunks(), chunk);
    if (!format.unitOf(chunk).equals(unit)) {
      throw new IllegalArgumentException("Chunk " + chunk + " is not in write unit " + unit);
    }
    return format.slot(chunk);
  }

  private NdArray take() {
    return buffers.take(format.metadata().type(), format.metadata().chunks());
  }

  private void release(Slot slot) {
    if (slot instanceof Slot.Changed changed && changed.owner() == Slot.Owner.BUFFERS) {
      buffers.giveBack(changed.content());
    }
  }

  @Override
  public void close() {
    slots.values().forEach(this::release);
    slots.clear();
    buffers.close();
  }
}
