// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.NumpyType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * Decodes and encodes the chunks of one array: the codecs of Zarr v3 (but for sharding, which lies
 * above it), compressor, order and byte order of Zarr v2, or blocks of N5. Immutable and safe for
 * several threads, each with its own {@link CodecScratch}.
 */
public final class CodecPipeline {
  private static final String ENDIAN = "endian";

  private final JsonNode json;
  private final ChunkCoding coding;

  private CodecPipeline(JsonNode json, ChunkCoding coding) {
    this.json = json.deepCopy();
    this.coding = coding;
  }

  /**
   * The pipeline of a Zarr v3 array.
   *
   * @param codecs the list in the metadata, without {@code sharding_indexed}
   * @param chunk shape of a decoded chunk
   * @param location the metadata file, for errors
   * @throws FormatException if a codec or a part of its configuration is unknown or wrong
   */
  public static CodecPipeline ofV3(JsonNode codecs, DataType type, Shape chunk, String location) {
    NumpyType elements = new NumpyType(type, ByteOrder.nativeOrder());
    V3CodecList list = V3CodecList.parse(codecs, chunk.rank(), elements, location);
    if (!list.serializer().equals(V3CodecList.BYTES)) {
      throw list.problem("are for strings, but the data type is " + type);
    }
    ByteOrder byteOrder = byteOrder(list.serializerSettings(), list.elements().type());
    if (!list.filters().isEmpty() && byteOrder != ByteOrder.LITTLE_ENDIAN) {
      // zarr-python cannot read what it writes so.
      throw list.problem("must have little-endian bytes after filters of numcodecs");
    }
    ElementLayout layout =
        new ElementLayout(type, chunk, list.transposition(), byteOrder, location);
    List<BytesCodec> all = new ArrayList<>(list.filters());
    all.addAll(list.bytesCodecs());
    return new CodecPipeline(codecs, WholeChunks.of(layout, all, location));
  }

  private static ByteOrder byteOrder(JsonView settings, DataType type) {
    settings.requireOnly(List.of(ENDIAN));
    if (settings.find(ENDIAN).isEmpty() && type.bytes() == 1) {
      return ByteOrder.nativeOrder();
    }
    String endian = settings.require(ENDIAN).oneOf(List.of("little", "big"));
    return endian.equals("little") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /**
   * The pipeline of a Zarr v2 array.
   *
   * @param compressor as in the metadata, null node for none
   * @param filters as in the metadata, null node for none
   * @param chunk shape of a decoded chunk
   * @param location the metadata file, for errors
   * @throws FormatException if a codec or a part of its configuration is unknown or wrong
   */
  public static CodecPipeline ofV2(
      JsonNode compressor,
      JsonNode filters,
      Order order,
      ByteOrder byteOrder,
      DataType type,
      Shape chunk,
      String location) {
    Transposition transposition =
        order == Order.F
            ? Transposition.reversed(chunk.rank())
            : Transposition.identity(chunk.rank());
    ElementLayout layout = new ElementLayout(type, chunk, transposition, byteOrder, location);
    NumpyType elements = new NumpyType(type, byteOrder);
    List<BytesCodec> codecs = V2Codecs.parse(filters, compressor, elements, location);
    return new CodecPipeline(compressor, WholeChunks.of(layout, codecs, location));
  }

  /**
   * The pipeline of an N5 data set.
   *
   * @param compression as in the metadata, with its {@code type}
   * @param chunk shape of a whole block, the axes of N5 from the last to the first
   * @param location the metadata file, for errors
   * @throws FormatException if the compression or a setting of it is unknown or wrong
   */
  public static CodecPipeline ofN5(
      JsonNode compression, DataType type, Shape chunk, String location) {
    JsonView settings = new JsonView(location, "compression", compression);
    List<BytesCodec> codecs = N5Codecs.parse(settings, type.bytes());
    return new CodecPipeline(compression, new N5Blocks(type, chunk, codecs, location));
  }

  /** Codecs for new v3 arrays: little-endian bytes, Zstandard at its default level. */
  public static ArrayNode defaultCodecs(DataType type) {
    ArrayNode codecs = JsonNodeFactory.instance.arrayNode();
    ObjectNode bytes = codecs.addObject().put("name", "bytes");
    if (type.bytes() > 1) {
      bytes.putObject("configuration").put("endian", "little");
    }
    ObjectNode zstd = codecs.addObject().put("name", "zstd");
    zstd.putObject("configuration").put("level", 0).put("checksum", false);
    return codecs;
  }

  /** Compressor for new v2 arrays: Blosc with LZ4 at level 5 and byte shuffle. */
  public static ObjectNode defaultCompressor() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "blosc")
        .put("cname", "lz4")
        .put("clevel", 5)
        .put("shuffle", 1)
        .put("blocksize", 0);
  }

  /** Compression for new data sets of N5: the one that every library reads. */
  public static ObjectNode defaultN5Compression() {
    return JsonNodeFactory.instance.objectNode().put("type", "gzip").put("level", -1);
  }

  /** What the metadata says: a v3 list, a v2 compressor (a null node for none), or N5's. */
  public JsonNode toJson() {
    return json.isMissingNode() ? NullNode.getInstance() : json.deepCopy();
  }

  /**
   * Decodes one chunk.
   *
   * @param into of the pipeline's type and chunk shape; its content is arbitrary after an error
   * @param location the chunk's key, for errors
   * @throws FormatException if the bytes are damaged, or decode to another length than the chunk's
   */
  public void decode(ByteBuffer encoded, NdArray into, CodecScratch scratch, String location) {
    decode(encoded, into, (int) into.shape().elements(), scratch, location);
  }

  /**
   * As the other {@code decode}, for those who look at the start of a chunk alone: the rest of
   * {@code into} is arbitrary, and damage there need not be found.
   *
   * @param elements from the first on
   */
  public void decode(
      ByteBuffer encoded, NdArray into, int elements, CodecScratch scratch, String location) {
    coding.require(into);
    try {
      coding.decode(ByteSpan.of(encoded), into, elements, scratch);
    } catch (DamagedDataException damage) {
      throw new FormatException(location, damage.getMessage(), damage);
    }
  }

  /**
   * Encodes one chunk that lies in its array whole.
   *
   * @param chunk of the pipeline's type and chunk shape
   * @return a heap buffer, valid until the scratch is used again or the chunk is changed
   */
  public ByteBuffer encode(NdArray chunk, CodecScratch scratch) {
    return encode(chunk, chunk.shape(), scratch);
  }

  /**
   * Encodes one chunk.
   *
   * @param chunk of the pipeline's type and chunk shape
   * @param inside lengths of the part of the chunk that lies in its array, from the chunk's start;
   *     N5 stores no more
   * @return a heap buffer, valid until the scratch is used again or the chunk is changed
   */
  public ByteBuffer encode(NdArray chunk, Shape inside, CodecScratch scratch) {
    coding.require(chunk);
    ByteSpan encoded = coding.encode(chunk, inside, scratch);
    return ByteBuffer.wrap(encoded.array(), encoded.offset(), encoded.length()).slice();
  }

  /** Whether a filter makes other elements of a chunk's, so that it may not hold all values. */
  public boolean changesElements() {
    return coding.changesElements();
  }

  /** No known writer makes a longer encoding of a chunk, so a longer file need not be read. */
  public long maxEncodedLength() {
    return coding.maxEncodedLength();
  }

  /** The encoded length, if every codec's output has a fixed one. */
  public OptionalLong fixedEncodedLength() {
    return coding.fixedEncodedLength();
  }
}
