// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;

/**
 * The matrix of an AnnData group, dense or compressed by rows or columns.
 *
 * @param rows of the table
 * @param width number of columns
 */
record AnnDataMatrix(AnnDataNode node, int rows, int width) {

  /**
   * All values, zeros included; axes row, column.
   *
   * @throws FormatException if the encoding is not supported, the shape another one, or the values
   *     of a sparse matrix lie outside of it
   */
  NdArray values() {
    return switch (node.encoding()) {
      case "array", "" -> node.numbers(rows, width);
      case "csr_matrix" -> sparse(rows, width, width, 1);
      case "csc_matrix" -> sparse(width, rows, 1, width);
      default ->
          throw node.problem(
              "encoding-type must be \"array\", \"csr_matrix\" or \"csc_matrix\", got \""
                  + node.encoding()
                  + "\"");
    };
  }

  /**
   * @param majors how many rows (csr) or columns (csc) are compressed
   * @param minors length of each
   * @param majorStride elements from one to the next in the dense matrix
   */
  private NdArray sparse(int majors, int minors, int majorStride, int minorStride) {
    requireShape();
    long[] starts = indices("indptr");
    long[] places = indices("indices");
    NdArray stored = node.child("data").numbers(places.length);
    NdArray dense = dense(stored);
    BitSet taken = new BitSet();
    requireStarts(starts, majors, places.length);
    int bytes = stored.type().bytes();
    for (int major = 0; major < majors; major++) {
      for (int i = (int) starts[major]; i < starts[major + 1]; i++) {
        require(
            places[i] >= 0 && places[i] < minors, "holds index %d in line %d", places[i], major);
        int at = major * majorStride + (int) places[i] * minorStride;
        require(!taken.get(at), "holds index %d in line %d twice", places[i], major);
        taken.set(at);
        System.arraycopy(stored.bytes(), i * bytes, dense.bytes(), at * bytes, bytes);
      }
    }
    return dense;
  }

  private void requireShape() {
    JsonNode shape = node.attributes().path("shape");
    if (shape.size() != 2
        || shape.path(0).asLong(-1) != rows
        || shape.path(1).asLong(-1) != width) {
      throw node.problem(
          "the attribute shape must be [%d, %d], got %s"
              .formatted(rows, width, shape.isMissingNode() ? "nothing" : shape));
    }
  }

  private NdArray dense(NdArray stored) {
    try {
      return NdArray.zeros(stored.type(), Shape.of(rows, width));
    } catch (IllegalArgumentException tooLarge) {
      throw new FormatException(node.path().toString(), tooLarge.getMessage(), tooLarge);
    }
  }

  private long[] indices(String name) {
    AnnDataNode child = node.child(name);
    Column column = new NumberColumns(child.numbers(), child.path().toString()).column(0, name);
    if (column instanceof LongColumn longs) {
      return longs.toArray();
    }
    throw child.problem("it must hold integers");
  }

  private void requireStarts(long[] starts, int majors, int count) {
    require(starts.length == majors + 1L, "has %d starts of %d lines", starts.length, majors);
    require(starts[0] == 0, "starts at %d instead of 0 of %d", starts[0], count);
    require(starts[majors] == count, "ends at %d instead of %d", starts[majors], count);
    for (int i = 0; i < majors; i++) {
      require(starts[i] <= starts[i + 1], "starts at %d in line %d, after its end", starts[i], i);
    }
  }

  private void require(boolean right, String problem, long value, long other) {
    if (!right) {
      throw node.problem(
          "as a %s of shape [%d, %d] it ".formatted(node.encoding(), rows, width)
              + problem.formatted(value, other));
    }
  }
}
