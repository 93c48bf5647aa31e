// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * What the metadata file of an array says, numbers or strings.
 *
 * @param type empty for strings of any length
 * @param fill as it stands in the file
 */
record ArrayLayout(
    ZarrFormat format,
    Shape shape,
    Shape chunks,
    Optional<Shape> shards,
    Optional<DataType> type,
    JsonNode fill,
    ChunkEncoding encoding,
    ChunkKeys keys,
    List<String> dimensionNames) {

  static ArrayLayout parse(ZarrFormat format, JsonView fields) {
    return switch (format) {
      case V2 -> ArrayJsonV2.parse(fields);
      case V3 -> ArrayJsonV3.parse(fields);
      case N5 -> ArrayJsonN5.parse(fields);
    };
  }

  static ArrayLayout of(ArrayMetadata metadata) {
    return new ArrayLayout(
        metadata.format(),
        metadata.shape(),
        metadata.chunks(),
        metadata.shards(),
        Optional.of(metadata.type()),
        metadata.fill().toJson(metadata.format()),
        metadata.encoding(),
        metadata.keys(),
        metadata.dimensionNames());
  }

  /**
   * @param fields where this was parsed from
   * @throws FormatException if these are strings, or not addressable
   */
  ArrayMetadata numeric(JsonView fields) {
    DataType numbers =
        type.orElseThrow(
            () -> new FormatException(fields.file(), "holds strings where numbers are needed"));
    FillValue value =
        format == ZarrFormat.N5
            ? FillValue.zero(numbers)
            : FillValueJson.read(fields, numbers, format);
    try {
      return new ArrayMetadata(
          format, shape, chunks, shards, numbers, value, encoding, keys, dimensionNames);
    } catch (IllegalArgumentException e) {
      throw new FormatException(fields.file(), e.getMessage(), e);
    }
  }

  ObjectNode toJson(ObjectNode attributes) {
    return switch (format) {
      case V2 -> ArrayJsonV2.write(this);
      case V3 -> ArrayJsonV3.write(this, attributes);
      case N5 -> ArrayJsonN5.write(this, attributes);
    };
  }

  /**
   * @throws FormatException if these are no strings, or more than {@code limit}, or have axes
   */
  void requireStrings(JsonView fields, int limit) {
    if (type.isPresent()) {
      throw new FormatException(fields.file(), "holds " + type.get() + " where strings are needed");
    }
    if (shape.rank() > 1 || chunks.rank() != shape.rank()) {
      throw new FormatException(
          fields.file(),
          "strings of shape " + shape + " in chunks " + chunks + "; they must have one axis");
    }
    Shape unit = shards.orElse(chunks);
    boolean divides =
        unit.rank() == shape.rank() && (unit.rank() == 0 || unit.get(0) % chunks.get(0) == 0);
    if (shape.elements() > limit || unit.elements() > limit || !divides) {
      throw new FormatException(
          fields.file(),
          "strings of shape "
              + shape
              + " in chunks "
              + chunks
              + " and shards "
              + shards.map(Shape::toString).orElse("none")
              + "; at most "
              + limit
              + " strings in whole chunks are supported");
    }
  }
}
