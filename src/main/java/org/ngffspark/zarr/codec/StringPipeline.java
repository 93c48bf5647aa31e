// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NumpyType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * Decodes and encodes the chunks of one array of strings: {@code vlen-utf8}, then any
 * bytes-to-bytes codecs. Immutable and safe for several threads, each with its own {@link
 * CodecScratch}.
 */
public final class StringPipeline {
  private static final NumpyType BYTE = new NumpyType(DataType.UINT8, ByteOrder.LITTLE_ENDIAN);
  private static final long MIN_LIMIT = 1 << 24;
  private static final long MAX_LIMIT = 1 << 30;
  private static final long STRING_LIMIT = 1 << 16;

  private final JsonNode json;
  private final int elements;
  private final BytesCodecChain codecs;

  private StringPipeline(JsonNode json, Shape chunk, List<BytesCodec> codecs, String location) {
    this.json = json.deepCopy();
    this.codecs = new BytesCodecChain(codecs);
    try {
      this.elements = Math.toIntExact(chunk.elements());
    } catch (ArithmeticException tooMany) {
      throw new FormatException(location, "chunk " + chunk + " has too many strings", tooMany);
    }
  }

  /**
   * The pipeline of a Zarr v3 array of data type {@code string}.
   *
   * @param codecs the list in the metadata, without {@code sharding_indexed}
   * @param chunk shape of a decoded chunk
   * @param location the metadata file, for errors
   * @throws FormatException if a codec or a part of its configuration is unknown or wrong
   */
  public static StringPipeline ofV3(JsonNode codecs, Shape chunk, String location) {
    V3CodecList list = V3CodecList.parse(codecs, chunk.rank(), BYTE, location);
    if (!list.serializer().equals(V3CodecList.VLEN_UTF8) || !list.filters().isEmpty()) {
      throw list.problem("are for numbers, but the data type is string");
    }
    list.serializerSettings().requireOnly(List.of());
    if (!list.transposition().keeps(chunk)) {
      throw new FormatException(location, "transposed strings are not supported");
    }
    return new StringPipeline(codecs, chunk, list.bytesCodecs(), location);
  }

  /**
   * The pipeline of a Zarr v2 array of data type {@code |O}.
   *
   * @param compressor as in the metadata, null node for none
   * @param filters as in the metadata; {@code vlen-utf8} alone
   * @param chunk shape of a decoded chunk
   * @param location the metadata file, for errors
   * @throws FormatException if a codec or a part of its configuration is unknown or wrong
   */
  public static StringPipeline ofV2(
      JsonNode compressor, JsonNode filters, Order order, Shape chunk, String location) {
    if (order == Order.F && !Transposition.reversed(chunk.rank()).keeps(chunk)) {
      throw new FormatException(location, "strings of order F are not supported");
    }
    return new StringPipeline(
        compressor, chunk, V2Codecs.parseStrings(filters, compressor, BYTE, location), location);
  }

  /** Codecs for new v3 arrays of strings. */
  public static ArrayNode defaultCodecs() {
    ArrayNode codecs = JsonNodeFactory.instance.arrayNode();
    ObjectNode strings = codecs.addObject().put("name", V3CodecList.VLEN_UTF8);
    strings.putObject("configuration");
    ObjectNode zstd = codecs.addObject().put("name", "zstd");
    zstd.putObject("configuration").put("level", 0).put("checksum", false);
    return codecs;
  }

  /** Filters for v2 arrays of strings. */
  public static ArrayNode defaultFilters() {
    ArrayNode filters = JsonNodeFactory.instance.arrayNode();
    filters.addObject().put("id", V3CodecList.VLEN_UTF8);
    return filters;
  }

  /** What the metadata says: the v3 list, or the v2 compressor (a null node for none). */
  public JsonNode toJson() {
    return json.isMissingNode() ? NullNode.getInstance() : json.deepCopy();
  }

  /**
   * Decodes one chunk: all its strings, in C order.
   *
   * @param location the chunk's key, for errors
   * @throws FormatException if the bytes are damaged, or hold another number of strings
   */
  public String[] decode(ByteBuffer encoded, CodecScratch scratch, String location) {
    try {
      ByteSpan bytes = codecs.decode(ByteSpan.of(encoded), (int) limit(), scratch);
      return VlenUtf8.decode(bytes, elements);
    } catch (DamagedDataException damage) {
      throw new FormatException(location, damage.getMessage(), damage);
    }
  }

  /**
   * Encodes one chunk.
   *
   * @param strings all strings of the chunk, in C order, none null
   * @return a heap buffer, valid until the scratch is used again
   * @throws IllegalArgumentException if there are not as many as a chunk holds
   */
  public ByteBuffer encode(String[] strings, CodecScratch scratch) {
    if (strings.length != elements) {
      throw new IllegalArgumentException(
          "Chunks have " + elements + " strings, got " + strings.length);
    }
    ByteSpan encoded = codecs.encode(VlenUtf8.encode(strings), scratch);
    return ByteBuffer.wrap(encoded.array(), encoded.offset(), encoded.length()).slice();
  }

  /**
   * A longer file is not read. Strings have no declared length, so this is a bound on what is
   * plausible: 64 KiB a string, not below 16 MiB and not above 1 GiB in all.
   */
  public long maxEncodedLength() {
    return codecs.maxEncodedLength(limit());
  }

  private long limit() {
    return Math.min(MAX_LIMIT, Math.max(MIN_LIMIT, elements * STRING_LIMIT));
  }
}
