// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** Of each id inside the object only the largest connected piece stays, on ties the first one. */
final class KeepLargest extends LabelTransform {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "keep-largest";
  }

  @Override
  public String description() {
    return "of each id inside the object only its largest connected piece stays";
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    Slabs.of(object.patch())
        .forEach((from, to) -> new Pieces(object, from, to).clearAllButLargest(result));
  }
}
