// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.ngffspark.zarr.nd.DataType;

/**
 * Goes through neighbouring pixels of a patch in blocks of doubles that stay in the nearest cache:
 * what there is no loop of its own for in each type.
 */
record PixelBlocks(Patch patch) {
  private static final int LENGTH = 1024;

  /** Takes a block: memory for its values, how many pixels came before it, its length. */
  @FunctionalInterface
  private interface Task {
    void run(double[] values, int done, int length);
  }

  private static void forEach(int count, Task task) {
    double[] values = new double[Math.min(count, LENGTH)];
    for (int done = 0; done < count; done += LENGTH) {
      task.run(values, done, Math.min(LENGTH, count - done));
    }
  }

  void update(DoubleUnaryOperator change) {
    forEach(
        patch.size(),
        (values, done, length) -> {
          patch.read(done, length, values, 0);
          for (int i = 0; i < length; i++) {
            values[i] = change.applyAsDouble(values[i]);
          }
          patch.write(done, length, values, 0);
        });
  }

  void read(int from, int count, float[] into, int at) {
    check(from, count, into.length, at);
    forEach(
        count,
        (values, done, length) -> {
          patch.read(from + done, length, values, 0);
          for (int i = 0; i < length; i++) {
            into[at + done + i] = (float) values[i];
          }
        });
  }

  void read(int from, int count, int[] into, int at) {
    DataType type = patch.type();
    if (type.isFloat() || (type.bytes() >= Integer.BYTES && type != DataType.INT32)) {
      throw new IllegalArgumentException(
          "Pixels of type "
              + type
              + " do not all fit into int: read them as double, and label ids by integer(i)");
    }
    check(from, count, into.length, at);
    forEach(
        count,
        (values, done, length) -> {
          patch.read(from + done, length, values, 0);
          for (int i = 0; i < length; i++) {
            into[at + done + i] = (int) values[i];
          }
        });
  }

  void write(int to, int count, float[] from, int at) {
    check(to, count, from.length, at);
    forEach(
        count,
        (values, done, length) -> {
          for (int i = 0; i < length; i++) {
            values[i] = from[at + done + i];
          }
          patch.write(to + done, length, values, 0);
        });
  }

  void write(int to, int count, int[] from, int at) {
    check(to, count, from.length, at);
    forEach(
        count,
        (values, done, length) -> {
          for (int i = 0; i < length; i++) {
            values[i] = from[at + done + i];
          }
          patch.write(to + done, length, values, 0);
        });
  }

  private void check(int first, int count, int length, int at) {
    Objects.checkFromIndexSize(first, count, patch.size());
    Objects.checkFromIndexSize(at, count, length);
  }
}
