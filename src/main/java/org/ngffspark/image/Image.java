// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Roi;

/** One level of an image with channels. */
public final class Image extends ImageLevel {
  private final List<Channel> channels;

  Image(ImageNode node, int level) {
    super(node, level, "image " + node.path());
    this.channels = channels(node.metadata().channels());
  }

  /** One channel per index of the channel axis; those that metadata leave out get a name. */
  private List<Channel> channels(List<Channel> named) {
    OptionalInt axis = axes().index(AxisName.C);
    int count = axis.isPresent() ? (int) shape().get(axis.getAsInt()) : 1;
    List<Channel> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(i < named.size() ? named.get(i) : Channel.unnamed(i));
    }
    return all;
  }

  /** The channels in their order; one if the image has no channel axis. */
  public List<Channel> channels() {
    return List.copyOf(channels);
  }

  /** The pixels that a region covers, all channels; an axis that the region lacks whole. */
  public Patch getRoi(Roi roi) {
    return getRoi(roi, ChannelSelection.all());
  }

  /**
   * The pixels that a region covers, cut to the image.
   *
   * @param selection channels in the order wanted, repeats allowed; the channel axis stays, also
   *     for one channel
   * @throws IllegalArgumentException if a channel is not there, or the region has a range on an
   *     axis that the image lacks
   */
  public Patch getRoi(Roi roi, ChannelSelection selection) {
    return read(select(selection), roi.toBox(grid()));
  }

  /** Writes all pixels that a region covers. */
  public void setRoi(Roi roi, Patch patch) {
    setRoi(roi, ChannelSelection.all(), patch);
  }

  /**
   * Writes all pixels that a region covers. Coarser levels stay as they are until {@link
   * #consolidate}.
   *
   * @throws IllegalArgumentException if shape or type of the patch are not those of the region, a
   *     channel is not there or selected twice
   */
  public void setRoi(Roi roi, ChannelSelection selection, Patch patch) {
    write(select(selection), roi, patch);
  }

  SelectedChannels select(ChannelSelection selection) {
    return new SelectedChannels(axes().index(AxisName.C), resolve(selection));
  }

  /**
   * The indices that a selection means here, in its order.
   *
   * @throws IllegalArgumentException if a channel is not there; the message lists those that are
   */
  public int[] resolve(ChannelSelection selection) {
    int[] indices = selection.resolve(channels, "image " + node().path());
    if (axes().index(AxisName.C).isEmpty() && indices.length > 1) {
      throw new IllegalArgumentException(
          grid().name() + " has no channel axis, so one channel only, got " + selection);
    }
    return indices;
  }
}
