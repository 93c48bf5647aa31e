// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;

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

  /**
   * The indices of channels.
   *
   * @throws IllegalArgumentException if none is selected or one is not there; the message lists
   *     those that are
   */
  public int[] indices(ChannelSelection selection) {
    return select(selection).indices();
  }

  @Override
  SelectedChannels select(ChannelSelection selection) {
    OptionalInt axis = axes().index(AxisName.C);
    int[] indices = selection.resolve(channels, "image " + node().path());
    if (axis.isEmpty() && indices.length > 1) {
      throw new IllegalArgumentException(
          grid().name() + " has no channel axis, so one channel only, got " + selection);
    }
    return new SelectedChannels(axis, indices);
  }

  @Override
  List<String> channelNames(int[] indices) {
    return Arrays.stream(indices).mapToObj(channels::get).map(Channel::label).toList();
  }
}
