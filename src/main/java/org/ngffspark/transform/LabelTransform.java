// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** A transform of label ids. Ids are compared and copied, never computed with. */
abstract class LabelTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  @Override
  public final TransformTarget target() {
    return TransformTarget.LABELS;
  }

  @Override
  public final boolean channelwise() {
    return true;
  }

  /** Sets those of the object's pixels to {@code id} that are not 0. */
  static void replaceIds(MaskedPatch object, Patch result, long id) {
    Patch source = object.patch();
    object
        .mask()
        .forEachRun(
            (start, length) -> {
              for (int i = start; i < start + length; i++) {
                if (source.integer(i) != 0) {
                  result.setInteger(i, id);
                }
              }
            });
  }
}
