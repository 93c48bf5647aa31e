// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.Extension;
import org.ngffspark.transform.Parameters;

/**
 * Finds new objects inside one object of an image, or in a tile of an image and the pixels around
 * it, which then is the object: its id is 1, and its mask has all pixels.
 */
public interface ObjectFinder extends Extension<ObjectFinder> {

  /**
   * Finds objects. What this method throws ends the image's run, or leaves the object without any,
   * as the run was told.
   *
   * @param object the channels that were asked for; must not be changed
   * @param result takes a number above 0 for each pixel of a new object, the same for all of its
   *     pixels; type uint32, all 0 at first. Its axes and place are those of the object's patch
   *     without channels. What is written outside the object's mask is thrown away.
   */
  void find(MaskedPatch object, Patch result);

  @Override
  default ObjectFinder configure(Parameters values) {
    return this;
  }
}
