// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/**
 * A transform whose result for a pixel follows from the value of that pixel alone. Of pixels of one
 * or two bytes the results of all values are computed once; a run then replaces pixels where they
 * lie, which is several times faster than cutting objects out.
 */
public abstract class ValueTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  // Absent after the way to another machine. One entry for each type that was asked for.
  private transient volatile Map<DataType, Optional<LookupTable>> tables;

  /**
   * Replaces each of the first {@code count} values by its result, whatever stands beside it; a
   * result is rounded and kept within the range of the type afterwards. What it throws for a value
   * matters only if an object has that value.
   *
   * @param values as they are in the image, or all values that there can be
   * @param type of the pixels
   */
  protected abstract void compute(double[] values, int count, DataType type);

  @Override
  public final boolean channelwise() {
    return true;
  }

  @Override
  public final void apply(MaskedPatch object, Patch result) {
    DataType type = result.type();
    Optional<LookupTable> table = table(type);
    if (table.isPresent()) {
      table.get().apply(object.patch(), object.written(), result);
    } else {
      WrittenRuns.of(object).map(result, (values, count) -> compute(values, count, type));
    }
  }

  /**
   * The results of all values of a type; empty if they are too many, or not all can be computed.
   * Threads may compute them at the same time: they compute the same ones.
   */
  final Optional<LookupTable> table(DataType type) {
    Map<DataType, Optional<LookupTable>> known = Optional.ofNullable(tables).orElse(Map.of());
    if (known.containsKey(type)) {
      return known.get(type);
    }
    Map<DataType, Optional<LookupTable>> more = new EnumMap<>(DataType.class);
    more.putAll(known);
    more.put(type, LookupTable.of(type, this));
    tables = more;
    return more.get(type);
  }
}
