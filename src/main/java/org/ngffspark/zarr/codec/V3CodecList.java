// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.NumpyType;
import org.ngffspark.zarr.store.FormatException;

/**
 * The {@code codecs} of Zarr v3 array metadata, taken apart: any number from array to array, one
 * from array to bytes, any number from bytes to bytes.
 */
final class V3CodecList {
  static final String BYTES = "bytes";
  static final String VLEN_UTF8 = "vlen-utf8";
  private static final String TRANSPOSE = "transpose";
  private static final String SHARDING = "sharding_indexed";

  /** What zarr-python puts before the names of codecs that it takes from numcodecs. */
  private static final String NUMCODECS = "numcodecs.";

  private static final List<String> BYTES_CODECS = List.of("blosc", "crc32c", "gzip", "zstd");
  private static final List<String> KEYS = List.of("name", "configuration", "must_understand");

  private final JsonView codecs;
  private final int rank;
  private Transposition transposition;
  private NumpyType elements;
  private final List<BytesCodec> filters = new ArrayList<>();
  private String serializer = "";
  private JsonView serializerSettings;
  private final List<BytesCodec> bytesCodecs = new ArrayList<>();

  private V3CodecList(JsonView codecs, int rank, NumpyType elements) {
    this.codecs = codecs;
    this.rank = rank;
    this.elements = elements;
    this.transposition = Transposition.identity(rank);
    this.serializerSettings = codecs;
  }

  /**
   * @param elements of the array
   * @param location the metadata file, for errors
   */
  static V3CodecList parse(JsonNode codecs, int rank, NumpyType elements, String location) {
    JsonView view = new JsonView(location, "codecs", codecs);
    V3CodecList list = new V3CodecList(view, rank, elements);
    view.elements().forEach(list::add);
    if (list.serializer.isEmpty()) {
      throw view.problem("must hold one from array to bytes (bytes, vlen-utf8)");
    }
    return list;
  }

  /** A name with a configuration; a bare string stands for a name without one. */
  private void add(JsonView given) {
    JsonView codec =
        given.node().isTextual()
            ? new JsonView(
                given.file(),
                given.field(),
                JsonNodeFactory.instance.objectNode().put("name", given.text()))
            : given;
    codec.requireOnly(KEYS);
    JsonView name = codec.require("name");
    if (name.text().equals(SHARDING)) {
      throw name.problem("is only supported alone, not beside or inside other codecs");
    }
    add(name.oneOf(supported()), codec.object("configuration"));
  }

  private static List<String> supported() {
    return Stream.of(
            Stream.of(BYTES, TRANSPOSE, SHARDING, VLEN_UTF8),
            BYTES_CODECS.stream(),
            Numcodecs.names().stream().map(NUMCODECS::concat))
        .flatMap(names -> names)
        .sorted()
        .toList();
  }

  private void add(String name, JsonView settings) {
    String numcodec = name.startsWith(NUMCODECS) ? name.substring(NUMCODECS.length()) : "";
    if (name.equals(TRANSPOSE)) {
      requireSerialized(false, settings);
      addTransposition(settings);
    } else if (Numcodecs.FILTERS.contains(numcodec)) {
      requireSerialized(false, settings);
      BytesCodec filter = Numcodecs.codec(numcodec, settings, elements, elements.width());
      filters.add(filter);
      elements = inNativeOrder(Numcodecs.output(filter));
    } else if (name.equals(BYTES) || name.equals(VLEN_UTF8)) {
      requireSerialized(false, settings);
      serializer = name;
      serializerSettings = settings;
    } else {
      requireSerialized(true, settings);
      bytesCodecs.add(
          numcodec.isEmpty()
              ? bytesCodec(name, settings)
              : Numcodecs.codec(numcodec, settings, elements, elements.width()));
    }
  }

  /** Here elements are numbers; their byte order is that of the codec {@code bytes}. */
  private static NumpyType inNativeOrder(NumpyType type) {
    return new NumpyType(type.type(), ByteOrder.nativeOrder());
  }

  private void requireSerialized(boolean expected, JsonView settings) {
    if (serializer.isEmpty() == expected) {
      throw new FormatException(
          settings.file(),
          settings.field().replace(".configuration", "")
              + " must come "
              + (expected ? "after" : "before")
              + " array to bytes");
    }
  }

  private void addTransposition(JsonView settings) {
    settings.requireOnly(List.of("order"));
    if (!filters.isEmpty()) {
      throw settings.problem("of transpose after filters of numcodecs is not supported");
    }
    transposition = transposition.then(settings.require("order").permutation(rank));
  }

  private BytesCodec bytesCodec(String name, JsonView settings) {
    return switch (name) {
      case "crc32c" -> {
        settings.requireOnly(List.of());
        yield new Crc32cCodec();
      }
      case "gzip" -> {
        settings.requireOnly(List.of("level"));
        yield new GzipCodec(settings.integer("level", 0, 9, 5));
      }
      case "zstd" -> ZstdCodec.of(settings);
      default -> BloscCodec.ofV3(settings, elements.width());
    };
  }

  Transposition transposition() {
    return transposition;
  }

  /** From array to array, in the order of encoding. */
  List<BytesCodec> filters() {
    return List.copyOf(filters);
  }

  /** Type of the elements after all filters. */
  NumpyType elements() {
    return elements;
  }

  /** {@code bytes} or {@code vlen-utf8}. */
  String serializer() {
    return serializer;
  }

  JsonView serializerSettings() {
    return serializerSettings;
  }

  FormatException problem(String problem) {
    return codecs.problem(problem);
  }

  List<BytesCodec> bytesCodecs() {
    return List.copyOf(bytesCodecs);
  }
}
