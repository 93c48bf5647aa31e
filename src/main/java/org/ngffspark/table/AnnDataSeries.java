// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.OptionalInt;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/**
 * Reads elements of a dataframe as columns, in every encoding that anndata 0.7 to 0.13 gives them.
 *
 * @param frame the dataframe that the elements lie in
 * @param rows how many rows each must have; empty where any number will do
 */
record AnnDataSeries(AnnDataNode frame, OptionalInt rows) {
  /** The attribute by which anndata 0.7 tells where the categories of an array of codes lie. */
  private static final String CATEGORIES = "categories";

  /**
   * The element of that name, which becomes the column's.
   *
   * @throws FormatException if it is missing, of another length, or in an encoding that is not
   *     supported
   */
  Column read(String name) {
    return read(frame.child(name), name);
  }

  private Column read(AnnDataNode element, String name) {
    return switch (element.encoding()) {
      case "array" -> numbers(element, name);
      case "string-array" -> strings(element, name);
      case "" -> unmarked(element, name);
      case "categorical" -> categorical(element.child("codes"), element.child(CATEGORIES), name);
      case "nullable-integer", "nullable-boolean", "nullable-string-array" ->
          nullable(element, name);
      default ->
          throw element.problem(
              "encoding-type \"" + element.encoding() + "\" is not supported in tables");
    };
  }

  /** What anndata 0.7 wrote, which marks nothing but categories. */
  private Column unmarked(AnnDataNode element, String name) {
    if (element.attributes().has(CATEGORIES)) {
      return categorical(element, frame.child(element.text(CATEGORIES)), name);
    }
    return element.holdsStrings() ? strings(element, name) : numbers(element, name);
  }

  private Column strings(AnnDataNode element, String name) {
    StringArray array = element.strings();
    requireRows(element, array.length());
    return StringColumn.wrap(name, array.read().toArray(String[]::new));
  }

  private Column numbers(AnnDataNode element, String name) {
    NdArray values = rows.isPresent() ? element.numbers(rows.getAsInt()) : element.numbers();
    return new NumberColumns(values, element.path().toString()).column(0, name);
  }

  private void requireRows(AnnDataNode element, int length) {
    if (rows.isPresent() && rows.getAsInt() != length) {
      throw element.problem("it must have " + rows.getAsInt() + " rows, got " + length);
    }
  }

  private Column nullable(AnnDataNode element, String name) {
    Column values = read(element.child("values"), name);
    NdArray mask = element.child("mask").numbers(values.size());
    int[] places = new int[values.size()];
    for (int row = 0; row < places.length; row++) {
      places[row] = mask.bytes()[row * mask.type().bytes()] == 0 ? row : -1;
    }
    return values.select(places);
  }

  private Column categorical(AnnDataNode element, AnnDataNode categories, String name) {
    Column values = new AnnDataSeries(frame, OptionalInt.empty()).read(categories, name);
    if (!(numbers(element, name) instanceof LongColumn codes)) {
      throw element.problem("codes of categories must be integers");
    }
    int[] places = new int[codes.size()];
    for (int row = 0; row < places.length; row++) {
      long code = codes.value(row);
      if (code < -1 || code >= values.size()) {
        throw element.problem(
            "code %d in row %d is none of the %d categories".formatted(code, row, values.size()));
      }
      places[row] = (int) code;
    }
    return values.select(places);
  }
}
