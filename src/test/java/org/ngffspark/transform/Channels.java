// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** Cuts single channels out of arrays whose first axis is the channel. */
final class Channels {
  private Channels() {}

  static NdArray only(NdArray pixels, long channel) {
    return pixels.cut(Box.whole(pixels.shape()).with(0, channel, channel + 1));
  }

  static Patch only(Patch patch, long channel) {
    return Patches.wrap(only(patch.pixels(), channel), patch.axes());
  }
}
