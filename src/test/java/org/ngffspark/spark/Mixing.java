// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.OptionalInt;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.zarr.nd.Shape;

/**
 * A transform whose every pixel depends on everything that an object is: its id, place, mask, the
 * ids around it and all of its pixels, of all channels or of its own channel alone.
 */
record Mixing(boolean channelwise) implements MaskedTransform {

  static MaskedTransform ofAllChannels() {
    return new Mixing(false);
  }

  static MaskedTransform ofEachChannel() {
    return new Mixing(true);
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    Patch patch = object.patch();
    Shape shape = patch.shape();
    OptionalInt axis = channelwise ? patch.axes().index(AxisName.C) : OptionalInt.empty();
    int channels = axis.isPresent() ? (int) shape.get(axis.getAsInt()) : 1;
    int stride = 1;
    for (int inner = axis.orElse(0) + 1; axis.isPresent() && inner < shape.rank(); inner++) {
      stride *= (int) shape.get(inner);
    }
    double[] sums = new double[channels];
    for (int i = 0; i < patch.size(); i++) {
      int weight = object.mask().at(i) ? 2 : 1;
      sums[i / stride % channels] += patch.value(i) % 251 * weight + object.labelAt(i) % 13;
    }
    double place = place(object) + object.label() % 1009;
    for (int i = 0; i < patch.size(); i++) {
      int inChannel = i / (stride * channels) * stride + i % stride;
      double value = patch.value(i) * 31 + inChannel * 17 + sums[i / stride % channels] + place;
      result.set(i, value % 65_521);
    }
  }

  private double place(MaskedPatch object) {
    Patch patch = object.patch();
    double sum = channelwise ? 0 : object.channelNames().hashCode() % 101;
    for (int axis = 0; axis < patch.box().rank(); axis++) {
      boolean skipped = channelwise && patch.axes().name(axis) == AxisName.C;
      sum += skipped ? 0 : 7.0 * (axis + 1) * patch.box().start(axis);
    }
    return sum;
  }
}
