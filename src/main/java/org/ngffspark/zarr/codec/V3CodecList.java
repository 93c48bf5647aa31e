// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.store.FormatException;

/**
 * The {@code codecs} of Zarr v3 array metadata, taken apart: any number from array to array, one
 * from array to bytes, any number from bytes to bytes.
 */
final class V3CodecList {
  static final String BYTES = "bytes";
  static final String VLEN_UTF8 = "vlen-utf8";
  private static final String TRANSPOSE = "transpose";
  private static final List<String> BYTES_CODECS = List.of("blosc", "crc32c", "gzip", "zstd");
  private static final List<String> SUPPORTED =
      List.of(BYTES, "blosc", "crc32c", "gzip", "sharding_indexed", TRANSPOSE, VLEN_UTF8, "zstd");

  private static final List<String> KEYS = List.of("name", "configuration", "must_understand");

  private final String location;
  private final int rank;
  private final int elementBytes;
  private Transposition transposition;
  private String serializer = "";
  private JsonNode serializerSettings;
  private final List<BytesCodec> bytesCodecs = new ArrayList<>();

  private V3CodecList(int rank, int elementBytes, JsonNode codecs, String location) {
    this.location = location;
    this.rank = rank;
    this.elementBytes = elementBytes;
    this.transposition = Transposition.identity(rank);
    this.serializerSettings = codecs.path(-1);
  }

  /**
   * @param elementBytes the default of Blosc's typesize
   * @param location the metadata file, for errors
   */
  static V3CodecList parse(JsonNode codecs, int rank, int elementBytes, String location) {
    if (!codecs.isArray()) {
      throw new FormatException(location, "codecs must be a list, got " + codecs);
    }
    V3CodecList list = new V3CodecList(rank, elementBytes, codecs, location);
    codecs.forEach(list::add);
    if (list.serializer.isEmpty()) {
      throw new FormatException(
          location, "codecs must hold one from array to bytes (bytes, vlen-utf8), got " + codecs);
    }
    return list;
  }

  private void add(JsonNode codec) {
    String name = codec.isTextual() ? codec.textValue() : codec.path("name").asText("");
    JsonNode settings = codec.path("configuration");
    refuseOtherKeys(codec);
    if (name.equals(TRANSPOSE)) {
      requireSerialized(false, name);
      addTransposition(new CodecSettings(name, settings, location));
    } else if (name.equals(BYTES) || name.equals(VLEN_UTF8)) {
      requireSerialized(false, name);
      serializer = name;
      serializerSettings = settings;
    } else if (BYTES_CODECS.contains(name)) {
      requireSerialized(true, name);
      CodecSettings parsed = new CodecSettings(name, settings, location);
      bytesCodecs.add(bytesCodec(name, parsed));
      parsed.refuseOthers();
    } else {
      throw new FormatException(location, unknown(codec, name));
    }
  }

  private void refuseOtherKeys(JsonNode codec) {
    codec
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new FormatException(
                    location,
                    "unknown key '" + key + "' in a codec; it has " + String.join(", ", KEYS));
              }
            });
  }

  private static String unknown(JsonNode codec, String name) {
    if (name.equals("sharding_indexed")) {
      return "codec 'sharding_indexed' is only supported alone, not beside or inside " + codec;
    }
    return "unknown codec "
        + (name.isEmpty() ? codec : "'" + name + "'")
        + "; supported are "
        + String.join(", ", SUPPORTED);
  }

  private void requireSerialized(boolean expected, String name) {
    if (serializer.isEmpty() == expected) {
      throw new FormatException(
          location,
          "codec '" + name + "' must come " + (expected ? "after" : "before") + " array to bytes");
    }
  }

  private void addTransposition(CodecSettings settings) {
    transposition = transposition.then(settings.permutation("order", rank));
    settings.refuseOthers();
  }

  private BytesCodec bytesCodec(String name, CodecSettings settings) {
    return switch (name) {
      case "crc32c" -> new Crc32cCodec();
      case "gzip" -> new GzipCodec(settings.integer("level", 0, 9, 5));
      case "zstd" -> ZstdCodec.of(settings);
      default -> BloscCodec.ofV3(settings, elementBytes);
    };
  }

  Transposition transposition() {
    return transposition;
  }

  /** {@code bytes} or {@code vlen-utf8}. */
  String serializer() {
    return serializer;
  }

  CodecSettings serializerSettings() {
    return new CodecSettings(serializer, serializerSettings, location);
  }

  List<BytesCodec> bytesCodecs() {
    return List.copyOf(bytesCodecs);
  }
}
