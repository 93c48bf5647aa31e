// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * The file {@code attributes.json} of an N5 data set: its own fields beside the attributes. Axes
 * stand there from the fastest to the slowest, here from the slowest to the fastest.
 */
final class ArrayJsonN5 {
  static final String FILE = "attributes.json";

  private static final String DIMENSIONS = "dimensions";
  private static final String BLOCK_SIZE = "blockSize";
  private static final String DATA_TYPE = "dataType";
  private static final String COMPRESSION = "compression";

  /** The compression's type alone, as before version 2. */
  private static final String COMPRESSION_TYPE = "compressionType";

  private static final List<String> FIELDS =
      List.of(DIMENSIONS, BLOCK_SIZE, DATA_TYPE, COMPRESSION, COMPRESSION_TYPE);
  private static final List<String> TYPES =
      List.of(
          "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32",
          "float64");

  private ArrayJsonN5() {}

  /** Whether the content is that of a data set, not of a group. */
  static boolean isArray(ObjectNode content) {
    return content.has(DIMENSIONS) && content.has(DATA_TYPE);
  }

  static boolean hasType(DataType type) {
    return TYPES.contains(type.zarrName());
  }

  static ArrayLayout parse(JsonView fields) {
    return new ArrayLayout(
        ZarrFormat.N5,
        reversed(fields.require(DIMENSIONS).shape(0)),
        reversed(fields.require(BLOCK_SIZE).shape(1)),
        Optional.empty(),
        DataType.ofZarrName(fields.require(DATA_TYPE).oneOf(TYPES)),
        IntNode.valueOf(0),
        new ChunkEncoding.N5(compression(fields)),
        new ChunkKeys(ChunkKeys.Style.N5, "/"),
        List.of());
  }

  private static JsonNode compression(JsonView fields) {
    Optional<JsonView> old = fields.find(COMPRESSION_TYPE);
    if (old.isPresent() && fields.find(COMPRESSION).isEmpty()) {
      return Json.object().put("type", old.get().text());
    }
    JsonView compression = fields.require(COMPRESSION);
    compression.requireObject();
    return compression.node();
  }

  static ObjectNode write(ArrayLayout layout, ObjectNode attributes) {
    ObjectNode node = attributes.deepCopy();
    putReversed(node.putArray(DIMENSIONS), layout.shape());
    putReversed(node.putArray(BLOCK_SIZE), layout.chunks());
    node.put(DATA_TYPE, layout.type().orElseThrow().zarrName());
    node.set(COMPRESSION, ((ChunkEncoding.N5) layout.encoding()).compression());
    return node;
  }

  /** The attributes in a node's content: all but the fields of a data set. */
  static ObjectNode attributes(ObjectNode content) {
    return isArray(content) ? content.deepCopy().remove(FIELDS) : content.deepCopy();
  }

  /**
   * The content of a node with other attributes.
   *
   * @throws FormatException if an attribute has the name of a field of a data set
   */
  static ObjectNode withAttributes(ObjectNode content, ObjectNode attributes, String location) {
    ObjectNode changed = attributes.deepCopy();
    if (!isArray(content)) {
      if (isArray(changed)) {
        throw new FormatException(location, "attributes named " + FIELDS + " make it a data set");
      }
      return changed;
    }
    FIELDS.stream().filter(content::has).forEach(name -> changed.set(name, content.get(name)));
    return changed;
  }

  private static void putReversed(ArrayNode list, Shape shape) {
    ArrayJsonV2.putLengths(list, reversed(shape));
  }

  private static Shape reversed(Shape shape) {
    long[] lengths = new long[shape.rank()];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = shape.get(lengths.length - 1 - axis);
    }
    return Shape.of(lengths);
  }
}
