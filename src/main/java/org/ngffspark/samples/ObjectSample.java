// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import static java.util.stream.Collectors.toSet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ngffspark.zarr.nd.Box;

/**
 * An object that a run shows.
 *
 * @param label its id
 * @param box of its patch in the level, in pixels, axes as on disk; of its first channel
 * @param pixels of the object, in one channel
 * @param pixelSize height and width of a pixel of the level, in the unit of these axes
 * @param frame of its pictures
 * @param channels those that were taken, ascending
 */
public record ObjectSample(
    long label,
    Box box,
    long pixels,
    List<Double> pixelSize,
    ObjectFrame frame,
    List<SampledChannel> channels)
    implements Serializable {
  private static final Comparator<ObjectSample> BY_RANK =
      Comparator.<ObjectSample>comparingLong(sample -> rank(sample.label))
          .thenComparing(ObjectSample::label);

  public ObjectSample {
    pixelSize = List.copyOf(pixelSize);
    channels = channels.stream().sorted(Comparator.comparingInt(SampledChannel::channel)).toList();
  }

  /**
   * The place of an object in the order in which objects are taken into a sample: those of the
   * least rank. It follows from the id alone, so no cut into tiles and no retry changes a sample.
   */
  static long rank(long label) {
    // The finalizer of SplitMix64 (Steele, Lea, Flood 2014), which spreads neighbouring ids.
    long mixed = label + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private ObjectSample with(ObjectSample other) {
    Set<Integer> own = channels.stream().map(SampledChannel::channel).collect(toSet());
    if (other.channels.stream().anyMatch(each -> own.contains(each.channel()))) {
      return other.pixels > pixels ? other : this;
    }
    List<SampledChannel> all = new ArrayList<>(channels);
    all.addAll(other.channels);
    return new ObjectSample(label, box, pixels, pixelSize, frame, all);
  }

  ObjectSample withoutPicture() {
    return new ObjectSample(
        label,
        box,
        pixels,
        pixelSize,
        ObjectFrame.NONE,
        channels.stream().map(SampledChannel::withoutPicture).toList());
  }

  /**
   * The sample of an image, from what its tasks have taken.
   *
   * @param parts channels of one object may be apart; of an object that several tasks have seen in
   *     the same channels, as it is not connected, the part of most pixels stays
   * @param shown objects that stay whatever their rank, with their pictures
   */
  public static List<ObjectSample> limited(
      List<ObjectSample> parts, SampleSizes sizes, Set<Long> shown) {
    Map<Long, ObjectSample> byLabel = new HashMap<>();
    parts.forEach(part -> byLabel.merge(part.label, part, ObjectSample::with));
    List<ObjectSample> sorted = byLabel.values().stream().sorted(BY_RANK).toList();
    List<ObjectSample> kept = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      ObjectSample sample = sorted.get(i);
      if (i < sizes.pictures() || shown.contains(sample.label)) {
        kept.add(sample);
      } else if (i < sizes.objects()) {
        kept.add(sample.withoutPicture());
      }
    }
    return kept;
  }
}
