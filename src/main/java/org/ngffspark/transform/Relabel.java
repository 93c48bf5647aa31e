// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/** Gives all ids inside the object one new id. */
final class Relabel extends LabelTransform {
  private static final long serialVersionUID = 1L;

  private final long to;

  Relabel() {
    this(0);
  }

  private Relabel(long to) {
    this.to = to;
  }

  @Override
  public String name() {
    return "relabel";
  }

  @Override
  public String description() {
    return "sets every id inside the object to another one";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.label("to", "the new id"));
  }

  @Override
  public MaskedTransform configure(Parameters values) {
    return new Relabel(values.label("to"));
  }

  @Override
  public void checkType(DataType type) {
    int bits = Byte.SIZE * type.bytes() - (type.kind() == DataType.Kind.SIGNED ? 1 : 0);
    if (bits < Long.SIZE && to >>> bits != 0) {
      throw new IllegalArgumentException(
          "Label id " + Long.toUnsignedString(to) + " does not fit into a label image of " + type);
    }
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    checkType(result.type());
    replaceIds(object, result, to);
  }
}
