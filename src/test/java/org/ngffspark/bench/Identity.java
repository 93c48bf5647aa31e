// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;

/** Leaves each object as it is, after it was cut out and before it is written back. */
public final class Identity implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  @Override
  public void apply(MaskedPatch object, Patch result) {
    // The result is a copy of the object.
  }
}
