// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.NumpyType;

/** The {@code filters} and the {@code compressor} of Zarr v2 array metadata. */
final class V2Codecs {
  private static final String ID = "id";

  /** What numcodecs takes where nothing is said. */
  private static final int SHUFFLED = 4;

  private final List<BytesCodec> codecs = new ArrayList<>();
  private NumpyType elements;

  private V2Codecs(NumpyType elements) {
    this.elements = elements;
  }

  /**
   * @param filters the list, or null node
   * @param compressor the object, or null node
   * @param elements of the array
   * @param location the metadata file, for errors
   * @return the codecs in the order of encoding
   */
  static List<BytesCodec> parse(
      JsonNode filters, JsonNode compressor, NumpyType elements, String location) {
    V2Codecs all = new V2Codecs(elements);
    if (!isNone(filters)) {
      new JsonView(location, "filters", filters).elements().forEach(all::add);
    }
    if (!isNone(compressor)) {
      all.add(new JsonView(location, "compressor", compressor));
    }
    return all.codecs;
  }

  /**
   * The compressor of strings.
   *
   * @param filters must be {@code vlen-utf8} alone
   */
  static List<BytesCodec> parseStrings(
      JsonNode filters, JsonNode compressor, NumpyType elements, String location) {
    boolean strings = filters.size() == 1 && filters.path(0).size() == 1;
    if (!strings || !filters.path(0).path(ID).asText().equals(V3CodecList.VLEN_UTF8)) {
      throw new JsonView(location, "filters", filters).problem("must be one vlen-utf8 for strings");
    }
    return parse(NullNode.getInstance(), compressor, elements, location);
  }

  private static boolean isNone(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }

  private void add(JsonView settings) {
    String id = settings.require(ID).oneOf(Numcodecs.names());
    BytesCodec codec = Numcodecs.codec(id, settings, elements, SHUFFLED);
    codecs.add(codec);
    elements = Numcodecs.output(codec);
  }
}
