// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * A group or array of an AnnData group with its attributes, which say how it is encoded.
 *
 * @see <a href="https://anndata.readthedocs.io/en/stable/fileformat-prose.html">AnnData on disk</a>
 */
record AnnDataNode(StorePath path, ZarrFormat format, ObjectNode attributes) {
  private static final long MAX_ROWS = 50_000_000;
  private static final long MAX_UNITS = 1_000_000;

  /** Empty if there is no such node. */
  private static Optional<AnnDataNode> find(StorePath path, ZarrFormat format) {
    if (format == ZarrFormat.V2) {
      return Json.read(path.child(".zattrs"))
          .or(() -> bare(path))
          .map(node -> new AnnDataNode(path, format, node));
    }
    return Json.read(path.child("zarr.json"))
        .map(
            node ->
                node.path("attributes") instanceof ObjectNode attributes
                    ? attributes
                    : Json.object())
        .map(attributes -> new AnnDataNode(path, format, attributes));
  }

  /** The attributes of a node of Zarr v2 without a file for them, as anndata 0.7 writes most. */
  private static Optional<ObjectNode> bare(StorePath path) {
    return Stream.of(".zarray", ".zgroup")
        .filter(file -> path.store().status(path.key(file)).isPresent())
        .findFirst()
        .map(file -> Json.object());
  }

  /** The encoding; empty where nothing is said. */
  String encoding() {
    return attributes.path("encoding-type").asText("");
  }

  /**
   * @throws FormatException if it has another encoding
   */
  void requireEncoding(String encoding) {
    if (!encoding().equals(encoding)) {
      throw problem("encoding-type must be \"" + encoding + "\", got \"" + encoding() + "\"");
    }
  }

  /** Empty if there is no such node. */
  Optional<AnnDataNode> find(String name) {
    return find(inside(name), format);
  }

  /**
   * @throws FormatException if there is no such node
   */
  AnnDataNode child(String name) {
    return find(name)
        .orElseThrow(() -> new FormatException(inside(name).toString(), "it is missing"));
  }

  private StorePath inside(String name) {
    try {
      StorePath child = path.resolve(name);
      if (child.path().startsWith(path.path() + "/")) {
        return child;
      }
    } catch (IllegalArgumentException wrong) {
      throw problem(wrong.getMessage());
    }
    throw problem("'" + name + "' leads out of the table");
  }

  /**
   * @throws FormatException if the attribute is missing or not a string
   */
  String text(String attribute) {
    JsonNode value = attributes.path(attribute);
    if (!value.isTextual()) {
      throw problem("the attribute " + attribute + " must be a string, got " + value);
    }
    return value.textValue();
  }

  /** Its numbers, once it is sure that there are that many. */
  NdArray numbers(long... lengths) {
    ZarrArray array = ZarrArray.open(path, format);
    Shape expected = Shape.of(lengths);
    if (!array.shape().equals(expected)) {
      throw problem("its shape must be " + expected + ", got " + array.shape());
    }
    return read(array);
  }

  /**
   * Its numbers, however many they are.
   *
   * @throws FormatException if it does not have one axis, or a length that cannot be
   */
  NdArray numbers() {
    ZarrArray array = ZarrArray.open(path, format);
    if (array.shape().rank() != 1) {
      throw problem("it must have one axis, got shape " + array.shape());
    }
    return read(array);
  }

  private NdArray read(ZarrArray array) {
    requirePossible(array.shape(), array.writeUnits());
    try {
      return array.read(Box.whole(array.shape()));
    } catch (IllegalArgumentException tooLarge) {
      throw new FormatException(path.toString(), tooLarge.getMessage(), tooLarge);
    }
  }

  /** Nothing but a few digits says how long an array is; what is read makes room for all of it. */
  private void requirePossible(Shape shape, ChunkGrid units) {
    if (shape.rank() > 0 && shape.get(0) > MAX_ROWS) {
      throw problem("it has " + shape.get(0) + " rows; at most " + MAX_ROWS + " are supported");
    }
    if (units.count() > MAX_UNITS) {
      throw problem(
          "shape %s in chunks of %s is stored in %d pieces; at most %d are supported"
              .formatted(shape, units.chunk(), units.count(), MAX_UNITS));
    }
  }

  /** Whether it is an array of strings. */
  boolean holdsStrings() {
    return StringArray.isAt(path, format);
  }

  /**
   * Its strings.
   *
   * @throws FormatException if it is no array of strings, or has a length that cannot be
   */
  StringArray strings() {
    StringArray array = StringArray.open(path, format);
    requirePossible(Shape.of(array.length()), array.writeUnits());
    return array;
  }

  FormatException problem(String problem) {
    return new FormatException(path.toString(), problem);
  }
}
