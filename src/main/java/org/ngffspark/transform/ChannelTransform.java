// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/** One transform with other parameters in some channels. */
final class ChannelTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  private final MaskedTransform others;
  private final TreeMap<String, MaskedTransform> byChannel;

  /**
   * @param others for the channels that are not named
   * @param byChannel the same transform by labels of channels
   * @throws IllegalArgumentException if it does not work channel by channel on images
   */
  ChannelTransform(MaskedTransform others, Map<String, MaskedTransform> byChannel) {
    this.others = others;
    this.byChannel = new TreeMap<>(byChannel);
    if (!others.channelwise() || others.target() == TransformTarget.LABELS) {
      throw new IllegalArgumentException(
          "Transform '"
              + others.name()
              + "' does not work channel by channel, so it takes no parameters for a channel, got"
              + " those for "
              + this.byChannel.keySet());
    }
  }

  /**
   * The labels of channels that a transform has parameters of their own for.
   *
   * @return none if the transform does the same in all channels
   */
  static Set<String> channels(MaskedTransform transform) {
    if (transform instanceof ChannelTransform channels) {
      return channels.byChannel.keySet();
    }
    Set<String> all = new TreeSet<>();
    if (transform instanceof TransformSequence sequence) {
      sequence.steps().forEach(step -> all.addAll(channels(step.transform())));
    }
    return all;
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    List<String> names = object.channelNames();
    if (names.size() != 1) {
      throw new IllegalArgumentException(
          "Parameters by channel need one channel at a time, got channels " + names);
    }
    byChannel.getOrDefault(names.get(0), others).apply(object, result);
  }

  @Override
  public String name() {
    return others.name();
  }

  @Override
  public String code() {
    return others.code();
  }

  @Override
  public Set<String> jars() {
    return others.jars();
  }

  @Override
  public TransformTarget target() {
    return TransformTarget.IMAGES;
  }

  @Override
  public void checkType(DataType type) {
    others.checkType(type);
    byChannel.values().forEach(transform -> transform.checkType(type));
  }

  @Override
  public void prepare() {
    others.prepare();
  }

  @Override
  public boolean channelwise() {
    return true;
  }
}
