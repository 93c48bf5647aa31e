// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

import java.util.TreeMap;

/** The objects of the least rank of all that were offered. Not safe for several threads. */
final class LeastRanks {
  private final int most;
  private final TreeMap<Long, Long> labels = new TreeMap<>();

  /**
   * @param most objects that are kept
   */
  LeastRanks(int most) {
    this.most = most;
  }

  /**
   * Offers an object; one that was offered before changes nothing.
   *
   * @return whether another one had to make room for it
   */
  boolean offer(long label) {
    long rank = ObjectSample.rank(label);
    if (labels.size() == most && (most == 0 || rank > labels.lastKey())) {
      return false;
    }
    labels.put(rank, label);
    boolean isFull = labels.size() > most;
    if (isFull) {
      labels.pollLastEntry();
    }
    return isFull;
  }

  boolean contains(long label) {
    return labels.containsKey(ObjectSample.rank(label));
  }

  /** How many of the objects come before one that is among them. */
  int place(long label) {
    return labels.headMap(ObjectSample.rank(label)).size();
  }
}
