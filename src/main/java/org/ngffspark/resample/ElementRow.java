// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.resample;

import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Neighbouring elements of an array as doubles, and back as scipy's zoom rounds them: half away
 * from zero, capped at the type's range; bool is true from 1 on.
 */
final class ElementRow {
  private final byte[] bytes;
  private final DataType type;
  private final Elements elements;

  ElementRow(NdArray array) {
    this.bytes = array.bytes();
    this.type = array.type();
    this.elements = Elements.of(type);
  }

  /** Reads {@code count} elements from {@code offset} on into the start of {@code row}. */
  void read(int offset, int count, double[] row) {
    elements.read(bytes, offset, count, row, 0);
  }

  /** Rounds the first {@code count} values of {@code row} and writes them from an offset on. */
  void write(double[] row, int count, int offset) {
    switch (type.kind()) {
      case UNSIGNED -> {
        // What is negative becomes 0 however it is rounded.
        for (int i = 0; i < count; i++) {
          row[i] = Math.floor(row[i] + 0.5);
        }
      }
      case SIGNED -> {
        for (int i = 0; i < count; i++) {
          row[i] = row[i] > 0 ? Math.floor(row[i] + 0.5) : Math.ceil(row[i] - 0.5);
        }
      }
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          row[i] = Math.floor(row[i]);
        }
      }
      case FLOAT -> {}
    }
    elements.write(bytes, offset, count, row, 0);
  }
}
