// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Selected channels that lie in neighbouring chunks or write units: every unit from the first to
 * the last has at least one of them.
 *
 * @param stretches at least one, ascending on disk
 */
record ChannelGroup(List<Stretch> stretches) {

  /** Channels that are neighbours on disk and in the patch. */
  record Stretch(int onDisk, int inPatch, int count) {
    int stop() {
      return onDisk + count;
    }
  }

  static List<Stretch> stretches(int[] indices) {
    List<Stretch> stretches = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= indices.length; i++) {
      if (i == indices.length || indices[i] != indices[i - 1] + 1) {
        stretches.add(new Stretch(indices[start], start, i - start));
        start = i;
      }
    }
    return stretches;
  }

  /**
   * @param length of a unit along the channel axis
   */
  static List<ChannelGroup> of(List<Stretch> stretches, long length) {
    List<ChannelGroup> groups = new ArrayList<>();
    for (Stretch stretch :
        stretches.stream().sorted(Comparator.comparingInt(Stretch::onDisk)).toList()) {
      ChannelGroup last = groups.isEmpty() ? none() : groups.get(groups.size() - 1);
      if (groups.isEmpty() || stretch.onDisk / length > (last.stop() - 1) / length + 1) {
        last = none();
        groups.add(last);
      }
      last.stretches.add(stretch);
    }
    return groups;
  }

  private static ChannelGroup none() {
    return new ChannelGroup(new ArrayList<>());
  }

  int first() {
    return stretches.get(0).onDisk;
  }

  /** The index after the last channel on disk. */
  int stop() {
    return stretches.stream().mapToInt(Stretch::stop).max().orElse(0);
  }

  /** Whether no channel between the first and the last is left out, given that none repeats. */
  boolean isGapless() {
    return stretches.stream().mapToInt(Stretch::count).sum() == stop() - first();
  }
}
