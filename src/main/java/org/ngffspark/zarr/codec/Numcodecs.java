// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NumpyType;

/** The codecs of the Python library numcodecs, by the names and settings that it writes. */
final class Numcodecs {
  /** Those that make elements of elements; Zarr v3 has them before {@code bytes}. */
  static final List<String> FILTERS = List.of("astype", "delta", "fixedscaleoffset", "packbits");

  /** Those that make bytes of bytes. */
  static final List<String> BYTES_CODECS =
      List.of("blosc", "bz2", "gzip", "lz4", "lzma", "shuffle", "zlib", "zstd");

  private static final String ID = "id";
  private static final String DTYPE = "dtype";
  private static final String ASTYPE = "astype";
  private static final String ENCODE_DTYPE = "encode_dtype";
  private static final String DECODE_DTYPE = "decode_dtype";
  private static final String LEVEL = "level";
  private static final int MAX_ACCELERATION = 65537;

  private Numcodecs() {}

  static List<String> names() {
    return Stream.concat(FILTERS.stream(), BYTES_CODECS.stream()).sorted().toList();
  }

  /**
   * The codec of that name.
   *
   * @param settings of the codec; may hold its {@code id}
   * @param input type of the elements that it encodes
   * @param fallbackWidth bytes of an element for {@code shuffle} where it says none
   */
  static BytesCodec codec(String id, JsonView settings, NumpyType input, int fallbackWidth) {
    return switch (id) {
      case "astype" -> cast(settings, input);
      case "blosc" -> BloscCodec.ofNumcodecs(settings, input.width());
      case "bz2" -> new Bz2Codec(level(settings, 1, 9));
      case "delta" -> delta(settings);
      case "fixedscaleoffset" -> scaleOffset(settings, input);
      case "gzip" -> new GzipCodec(level(settings, 0, 9));
      case "lz4" -> lz4(settings);
      case "lzma" -> LzmaCodec.of(settings);
      case "packbits" -> packBits(settings);
      case "shuffle" -> shuffle(settings, fallbackWidth);
      case "zlib" -> new ZlibCodec(level(settings, -1, 9));
      default -> ZstdCodec.of(settings);
    };
  }

  /** The settings that a codec has. */
  static void requireOnly(JsonView settings, String... known) {
    settings.requireOnly(Stream.concat(Stream.of(ID), Stream.of(known)).toList());
  }

  private static int level(JsonView settings, int low, int high) {
    requireOnly(settings, LEVEL);
    return settings.integer(LEVEL, low, high, 1);
  }

  private static Lz4Codec lz4(JsonView settings) {
    requireOnly(settings, "acceleration");
    settings.integer("acceleration", Integer.MIN_VALUE, MAX_ACCELERATION, 1);
    return new Lz4Codec();
  }

  private static CastFilter cast(JsonView settings, NumpyType input) {
    requireOnly(settings, ENCODE_DTYPE, DECODE_DTYPE);
    return new CastFilter(
        type(settings, DECODE_DTYPE).orElse(input), requiredType(settings, ENCODE_DTYPE));
  }

  private static DeltaFilter delta(JsonView settings) {
    requireOnly(settings, DTYPE, ASTYPE);
    NumpyType type = requiredNumbers(settings);
    NumpyType encoded = type(settings, ASTYPE).orElse(type);
    if (encoded.type().isFloat() && !type.type().isFloat()) {
      throw settings.require(ASTYPE).problem("must be integers, as they are differences of them");
    }
    return new DeltaFilter(type, encoded);
  }

  private static ScaleOffsetFilter scaleOffset(JsonView settings, NumpyType input) {
    requireOnly(settings, "offset", "scale", DTYPE, ASTYPE);
    settings.require("offset").finite();
    settings.require("scale").finite();
    NumpyType type = settings.find(DTYPE).isPresent() ? requiredNumbers(settings) : input;
    return new ScaleOffsetFilter(
        settings.require("offset").node(),
        settings.require("scale").node(),
        type,
        type(settings, ASTYPE).orElse(type));
  }

  private static PackBitsFilter packBits(JsonView settings) {
    requireOnly(settings);
    return new PackBitsFilter();
  }

  private static ShuffleFilter shuffle(JsonView settings, int fallback) {
    requireOnly(settings, "elementsize");
    int width = settings.integer("elementsize", 0, 1 << 16, fallback);
    return new ShuffleFilter(Math.max(1, width));
  }

  private static NumpyType requiredNumbers(JsonView settings) {
    NumpyType type = requiredType(settings, DTYPE);
    if (type.type() == DataType.BOOL) {
      throw settings.require(DTYPE).problem("must be a type of numbers");
    }
    return type;
  }

  private static NumpyType requiredType(JsonView settings, String field) {
    settings.require(field);
    return type(settings, field).orElseThrow();
  }

  private static Optional<NumpyType> type(JsonView settings, String field) {
    Optional<JsonView> found = settings.find(field);
    return found.map(
        view ->
            NumpyType.parse(view.text())
                .orElseThrow(
                    () ->
                        view.problem(
                            "must be a type of numbers as numpy names them, such as <u2 or <f4")));
  }

  /** Type of the elements that a codec makes. */
  static NumpyType output(BytesCodec codec) {
    return codec instanceof ElementFilter filter
        ? filter.encodedType()
        : new NumpyType(DataType.UINT8, ByteOrder.LITTLE_ENDIAN);
  }
}
