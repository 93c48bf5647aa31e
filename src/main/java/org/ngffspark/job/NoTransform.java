// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformTarget;

/** Stands for the transform where objects are only read. */
final class NoTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  @Override
  public void apply(MaskedPatch object, Patch result) {
    // The result is a copy of the patch already.
  }

  @Override
  public TransformTarget target() {
    return TransformTarget.BOTH;
  }
}
