// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/** A transform whose result for a pixel follows from the value of that pixel alone. */
abstract class PixelwiseTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  private transient volatile LookupTable table;

  /**
   * Replaces each of the first {@code count} values, which come from pixels of that type, by its
   * result.
   */
  abstract void compute(double[] values, int count, DataType type);

  @Override
  public final boolean channelwise() {
    return true;
  }

  @Override
  public final void apply(MaskedPatch object, Patch result) {
    DataType type = result.type();
    if (LookupTable.suits(type)) {
      table(type).apply(object.patch(), object.written(), result);
    } else {
      WrittenRuns.of(object).map(result, (values, count) -> compute(values, count, type));
    }
  }

  /** Threads may build the table at the same time: they build the same one. */
  final LookupTable table(DataType type) {
    LookupTable ready = table;
    if (ready == null || ready.type() != type) {
      ready = LookupTable.of(type, this);
      table = ready;
    }
    return ready;
  }
}
