// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.codec.StringPipeline;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * A column of strings of any length, as AnnData tables have them: data type {@code string} of Zarr
 * v3, sharded or not, or {@code |O} with the filter {@code vlen-utf8} of v2. One axis, or none for
 * a single string.
 */
public final class StringArray {
  private static final int MAX_STRINGS = 1 << 26;
  private static final String SEPARATOR = ".";

  private final StorePath path;
  private final ArrayLayout layout;
  private final StringPipeline codecs;
  private final Optional<ShardCodec> shard;

  private StringArray(StorePath path, ArrayLayout layout, String file) {
    this.path = path;
    this.layout = layout;
    this.codecs = codecs(layout, file);
    this.shard =
        layout
            .shards()
            .map(
                lengths ->
                    new ShardCodec(
                        lengths,
                        layout.chunks(),
                        ((ChunkEncoding.V3) layout.encoding()).index().orElseThrow(),
                        codecs.maxEncodedLength(),
                        file));
  }

  private static StringPipeline codecs(ArrayLayout layout, String file) {
    if (layout.encoding() instanceof ChunkEncoding.V2 v2) {
      return StringPipeline.ofV2(v2.compressor(), v2.filters(), v2.order(), layout.chunks(), file);
    }
    JsonNode list = ((ChunkEncoding.V3) layout.encoding()).codecs();
    return StringPipeline.ofV3(list, layout.chunks(), file);
  }

  /**
   * Whether an array of strings lies there; not so if nothing does.
   *
   * @throws FormatException if what lies there is no array, or its metadata is wrong
   */
  public static boolean isAt(StorePath path, ZarrFormat format) {
    StorePath file = path.child(NodeFiles.array(format));
    return Json.read(file)
        .map(node -> ArrayLayout.parse(format, new JsonView(file.toString(), "", node)))
        .filter(layout -> layout.type().isEmpty())
        .isPresent();
  }

  /**
   * Opens an array of strings whose format is known, in one request.
   *
   * @throws FormatException if there is none, or its metadata is wrong or not supported
   */
  public static StringArray open(StorePath path, ZarrFormat format) {
    StorePath file = path.child(NodeFiles.array(format));
    ObjectNode node =
        Json.read(file)
            .orElseThrow(
                () ->
                    new FormatException(
                        path.toString(), "there is no array: no " + NodeFiles.array(format)));
    JsonView fields = new JsonView(file.toString(), "", node);
    ArrayLayout layout = ArrayLayout.parse(format, fields);
    layout.requireStrings(fields, MAX_STRINGS);
    return new StringArray(path, layout, file.toString());
  }

  /**
   * Writes a column as AnnData does: one chunk; v2 Blosc lz4, v3 Zstandard.
   *
   * @param values none of them null
   */
  public static StringArray create(
      StorePath path, ZarrFormat format, List<String> values, ObjectNode attributes) {
    Shape shape = Shape.of(values.size());
    ChunkEncoding encoding =
        format == ZarrFormat.V2
            ? new ChunkEncoding.V2(
                ByteOrder.LITTLE_ENDIAN,
                Order.C,
                CodecPipeline.defaultCompressor(),
                StringPipeline.defaultFilters())
            : new ChunkEncoding.V3(StringPipeline.defaultCodecs(), Optional.empty());
    ChunkKeys keys =
        format == ZarrFormat.V2
            ? new ChunkKeys(ChunkKeys.Style.V2, SEPARATOR)
            : new ChunkKeys(ChunkKeys.Style.DEFAULT, "/");
    ArrayLayout layout =
        new ArrayLayout(
            format,
            shape,
            Shape.of(Math.max(1, values.size())),
            Optional.empty(),
            Optional.empty(),
            TextNode.valueOf(""),
            encoding,
            keys,
            List.of());
    StringArray array = new StringArray(path, layout, path.toString());
    array.writeChunk(values);
    NodeFiles.writeArray(path, format, layout.toJson(attributes), attributes);
    return array;
  }

  private void writeChunk(List<String> values) {
    String key = key(GridPosition.of(0));
    if (values.stream().allMatch(String::isEmpty)) {
      path.store().delete(key);
      return;
    }
    try (ChunkBuffers buffers = ChunkBuffers.borrow()) {
      path.store().write(key, codecs.encode(values.toArray(new String[0]), buffers.codecs()));
    }
  }

  /** Number of strings. */
  public int length() {
    return (int) layout.shape().elements();
  }

  /** The pieces that it is stored in: shards, else chunks. */
  public ChunkGrid writeUnits() {
    return new ChunkGrid(layout.shape(), layout.shards().orElse(layout.chunks()));
  }

  /** The attributes, read anew; an empty object if there are none. */
  public ObjectNode attributes() {
    return NodeFiles.attributes(path, layout.format());
  }

  /**
   * All strings; those of chunks that are not stored are the fill value.
   *
   * @throws FormatException if a chunk is damaged
   */
  public List<String> read() {
    String[] strings = new String[length()];
    Arrays.fill(strings, layout.fill().isTextual() ? layout.fill().textValue() : "");
    ChunkGrid units = writeUnits();
    for (GridPosition unit : units.all()) {
      try (ChunkBuffers buffers = ChunkBuffers.borrow()) {
        readUnit(unit, start(unit, units.chunk()), strings, buffers);
      }
    }
    return List.of(strings);
  }

  private void readUnit(GridPosition unit, long start, String[] strings, ChunkBuffers buffers) {
    String location = path.child(layout.keys().key(unit)).toString();
    long limit = shard.map(ShardCodec::maxLength).orElse(codecs.maxEncodedLength());
    Optional<ByteBuffer> bytes = path.store().read(key(unit), buffers.encoded(limit, location));
    Optional<ShardIndex> index =
        bytes.flatMap(
            value -> shard.map(codec -> codec.indexOf(value, buffers.codecs(), location)));
    StoredUnit stored = new StoredUnit(bytes, index);
    for (int slot = 0; slot < shard.map(ShardCodec::slots).orElse(1); slot++) {
      int at = (int) Math.min(strings.length, start + slot * layout.chunks().elements());
      stored
          .chunk(slot)
          .map(encoded -> codecs.decode(encoded, buffers.codecs(), location))
          .ifPresent(
              chunk ->
                  System.arraycopy(
                      chunk, 0, strings, at, Math.min(chunk.length, strings.length - at)));
    }
  }

  private static long start(GridPosition unit, Shape lengths) {
    return unit.rank() == 0 ? 0 : unit.get(0) * lengths.get(0);
  }

  private String key(GridPosition unit) {
    return path.key(layout.keys().key(unit));
  }
}
