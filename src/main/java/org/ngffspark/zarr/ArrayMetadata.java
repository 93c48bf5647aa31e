// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.ChunkEncoding.IndexLocation;
import org.ngffspark.zarr.ChunkEncoding.ShardIndexEncoding;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Everything that says how an array lies in its store, except its attributes. Two arrays with equal
 * metadata have chunks that can be exchanged as bytes.
 *
 * @param shape lengths of the array in elements
 * @param chunks lengths of a chunk; of an inner chunk where there are shards
 * @param shards lengths of a shard, multiples of those of a chunk
 * @param keys how chunks, or shards, are named
 * @param dimensionNames one per axis, {@code ""} for an axis without a name; empty where no axis
 *     has one, always so in Zarr v2
 */
public record ArrayMetadata(
    ZarrFormat format,
    Shape shape,
    Shape chunks,
    Optional<Shape> shards,
    DataType type,
    FillValue fill,
    ChunkEncoding encoding,
    ChunkKeys keys,
    List<String> dimensionNames) {

  /** So many inner chunks may a shard have: its index takes 16 bytes for each. */
  private static final long MAX_INNER_CHUNKS = 1 << 22;

  /**
   * @throws IllegalArgumentException if the parts contradict each other or exceed what this library
   *     can address: chunks of 2 GiB, arrays of 2^63 bytes, shards of 4 Mi inner chunks
   */
  public ArrayMetadata {
    dimensionNames = List.copyOf(dimensionNames);
    encoding = encoding.normalized(type);
    require(format == encoding.format(), "Chunk encoding is not of format " + format);
    if (format == ZarrFormat.N5) {
      requireN5(shape, type, fill, keys);
    }
    require(fill.type() == type, "Fill value is " + fill.type() + " but the array is " + type);
    requireRank("chunks", chunks, shape);
    require(
        dimensionNames.isEmpty() || dimensionNames.size() == shape.rank(),
        "dimension_names " + dimensionNames + " must have one name per axis of shape " + shape);
    requireAddressable(shape, type);
    for (int axis = 0; axis < shape.rank(); axis++) {
      require(chunks.get(axis) > 0, "Chunk lengths must be at least 1, got " + chunks);
    }
    NdArray.byteLength(type, chunks);
    boolean indexed = encoding instanceof ChunkEncoding.V3 v3 && v3.index().isPresent();
    require(shards.isPresent() == indexed, "Shards need an index, and an index needs shards");
    if (shards.isPresent()) {
      requireShards(shards.get(), chunks, shape, type);
    }
  }

  private static void requireN5(Shape shape, DataType type, FillValue fill, ChunkKeys keys) {
    require(shape.rank() > 0, "N5 has no data sets without axes");
    require(ArrayJsonN5.hasType(type), "N5 has no type " + type + "; convert it");
    require(fill.equals(FillValue.zero(type)), "What N5 does not store is 0, got " + fill);
    require(keys.style() == ChunkKeys.Style.N5, "N5 names its blocks from the last axis on");
  }

  private static void requireShards(Shape shard, Shape chunks, Shape shape, DataType type) {
    requireRank("shards", shard, shape);
    requireAddressable(shard, type);
    long inner = 1;
    for (int axis = 0; axis < shard.rank(); axis++) {
      require(
          shard.get(axis) > 0 && shard.get(axis) % chunks.get(axis) == 0,
          "Shard shape " + shard + " must be a multiple of the inner chunk shape " + chunks);
      inner *= shard.get(axis) / chunks.get(axis);
    }
    require(
        inner <= MAX_INNER_CHUNKS,
        "Shard shape "
            + shard
            + " has "
            + inner
            + " inner chunks of "
            + chunks
            + "; at most "
            + MAX_INNER_CHUNKS
            + " are supported");
  }

  private static void requireRank(String what, Shape lengths, Shape shape) {
    require(
        lengths.rank() == shape.rank(),
        what + " " + lengths + " must have as many axes as the shape " + shape);
  }

  private static void requireAddressable(Shape lengths, DataType type) {
    try {
      Math.multiplyExact(lengths.elements(), type.bytes());
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "Shape " + lengths + " of " + type + " exceeds 2^63 bytes", overflow);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * What ngio 1.1.3 writes where nothing else is asked for. V2: Blosc lz4 level 5 with byte
   * shuffle, separator {@code /}. V3: {@code bytes} little endian and {@code zstd} level 0, key
   * encoding {@code default} with {@code /}. N5, which ngio does not write: gzip. All: fill value
   * 0, C order, no shards.
   *
   * @param chunks lengths of a chunk; ngio takes the array's own where they are smaller
   * @param dimensionNames one per axis or none; stored in v3 only
   */
  public static ArrayMetadata defaults(
      ZarrFormat format, Shape shape, Shape chunks, DataType type, List<String> dimensionNames) {
    return new ArrayMetadata(
        format,
        shape,
        chunks,
        Optional.empty(),
        type,
        FillValue.zero(type),
        DefaultEncodings.of(format, type),
        ChunkKeys.defaults(format),
        format == ZarrFormat.V3 ? dimensionNames : List.of());
  }

  /**
   * Reads the content of {@code .zarray}, or of a {@code zarr.json} or {@code attributes.json} of
   * an array.
   *
   * @param location the file, for messages
   * @throws org.ngffspark.zarr.store.FormatException if it breaks the specification or uses what is
   *     not supported
   */
  public static ArrayMetadata parse(ZarrFormat format, ObjectNode node, String location) {
    JsonView fields = new JsonView(location, "", node);
    return ArrayLayout.parse(format, fields).numeric(fields);
  }

  /**
   * The content of {@code .zarray}, or of {@code zarr.json} or {@code attributes.json} with these
   * attributes.
   */
  public ObjectNode toJson(ObjectNode attributes) {
    return ArrayLayout.of(this).toJson(attributes);
  }

  /** The same layout for another shape of the same rank. */
  public ArrayMetadata like(Shape other) {
    return like(other, chunks);
  }

  /**
   * The same layout for another shape and other chunks.
   *
   * @throws IllegalArgumentException if a shard does not consist of such chunks
   */
  public ArrayMetadata like(Shape other, Shape otherChunks) {
    return new ArrayMetadata(
        format, other, otherChunks, shards, type, fill, encoding, keys, dimensionNames);
  }

  /** The same array stored under other keys. */
  public ArrayMetadata withKeys(ChunkKeys other) {
    return new ArrayMetadata(
        format, shape, chunks, shards, type, fill, encoding, other, dimensionNames);
  }

  /** The same layout with another fill value. */
  public ArrayMetadata withFill(FillValue other) {
    return new ArrayMetadata(
        format, shape, chunks, shards, type, other, encoding, keys, dimensionNames);
  }

  /**
   * The same layout with chunks encoded otherwise.
   *
   * @throws IllegalArgumentException if the encoding is of the other format or brings or lacks a
   *     shard index
   */
  public ArrayMetadata withEncoding(ChunkEncoding other) {
    return new ArrayMetadata(
        format, shape, chunks, shards, type, fill, other, keys, dimensionNames);
  }

  /**
   * The same layout with chunks gathered in shards, the index at the end, in the codecs that
   * zarr-python uses for it.
   *
   * @throws IllegalArgumentException in format v2 or N5, which have no shards, or if the lengths
   *     are no multiples of the chunk's
   */
  public ArrayMetadata withShards(Shape lengths) {
    if (!(encoding instanceof ChunkEncoding.V3 v3)) {
      throw new IllegalArgumentException(
          (format == ZarrFormat.N5 ? "N5" : "Zarr v2") + " has no shards, got " + lengths);
    }
    ShardIndexEncoding index =
        v3.index()
            .orElseGet(
                () -> new ShardIndexEncoding(DefaultEncodings.shardIndex(), IndexLocation.END));
    return new ArrayMetadata(
        format,
        shape,
        chunks,
        Optional.of(lengths),
        type,
        fill,
        new ChunkEncoding.V3(v3.codecs(), Optional.of(index)),
        keys,
        dimensionNames);
  }

  /** The smallest piece that can be written without its neighbour: the shard, else the chunk. */
  public Shape writeUnit() {
    return shards.orElse(chunks);
  }

  /** The compressor of v2, codecs of a chunk of v3, or compression of N5; not to be changed. */
  public JsonNode codecs() {
    if (encoding instanceof ChunkEncoding.V2 v2) {
      return v2.compressor();
    }
    return encoding instanceof ChunkEncoding.N5 n5
        ? n5.compression()
        : ((ChunkEncoding.V3) encoding).codecs();
  }
}
