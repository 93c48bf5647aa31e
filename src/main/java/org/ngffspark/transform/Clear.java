// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** Removes all ids inside the object. */
final class Clear extends LabelTransform {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "clear";
  }

  @Override
  public String description() {
    return "sets every id inside the object to 0";
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    replaceIds(object, result, 0);
  }
}
