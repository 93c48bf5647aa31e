// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import static java.util.stream.Collectors.groupingBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
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

  private static final Comparator<ObjectSample> BY_SIZE =
      Comparator.comparingLong(ObjectSample::pixels)
          .reversed()
          .thenComparing(each -> each.box, ObjectSample::compare);

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
   * Those that are kept of a sample.
   *
   * @param parts several can be of one object: all are kept, or none
   * @param shown objects that stay whatever their rank, with their pictures
   */
  static List<ObjectSample> limited(List<ObjectSample> parts, SampleSizes sizes, Set<Long> shown) {
    LeastRanks random = new LeastRanks(sizes.objects());
    parts.forEach(part -> random.offer(part.label));
    List<ObjectSample> kept = new ArrayList<>();
    for (ObjectSample part : parts) {
      boolean isRandom = random.contains(part.label);
      if (shown.contains(part.label) || isRandom && random.place(part.label) < sizes.pictures()) {
        kept.add(part);
      } else if (isRandom) {
        kept.add(part.withoutPicture());
      }
    }
    return kept;
  }

  /**
   * The sample of an image, by rank, from what its tasks have taken.
   *
   * @param parts channels of one object may be apart; of an object that was seen in several parts
   *     in the same channels, the one of most pixels is shown, and the pixels of all are counted
   * @param shown objects that stay whatever their rank, with their pictures
   */
  public static List<ObjectSample> ofImage(
      List<ObjectSample> parts, SampleSizes sizes, Set<Long> shown) {
    Map<Long, List<ObjectSample>> byLabel =
        limited(parts, sizes, shown).stream().collect(groupingBy(ObjectSample::label));
    return byLabel.values().stream().map(ObjectSample::joined).sorted(BY_RANK).toList();
  }

  /** One object of its parts. */
  private static ObjectSample joined(List<ObjectSample> parts) {
    Map<List<Integer>, List<ObjectSample>> byChannels =
        parts.stream().collect(groupingBy(ObjectSample::channelIndices));
    List<SampledChannel> channels = new ArrayList<>();
    for (List<ObjectSample> same : byChannels.values()) {
      channels.addAll(largest(same).channels);
    }
    List<ObjectSample> same = byChannels.get(parts.get(0).channelIndices());
    ObjectSample first = largest(same);
    long pixels = same.stream().mapToLong(ObjectSample::pixels).sum();
    return new ObjectSample(first.label, first.box, pixels, first.pixelSize, first.frame, channels);
  }

  /** By their first pixels, in the order of the image. */
  private static int compare(Box one, Box other) {
    int order = 0;
    for (int axis = 0; order == 0 && axis < one.rank(); axis++) {
      order = Long.compare(one.start(axis), other.start(axis));
    }
    return order;
  }

  private List<Integer> channelIndices() {
    return channels.stream().map(SampledChannel::channel).toList();
  }

  /** The part of most pixels; of equal ones the first in the image. */
  private static ObjectSample largest(List<ObjectSample> parts) {
    return parts.stream().min(BY_SIZE).orElseThrow();
  }
}
