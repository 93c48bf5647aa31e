// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.Optional;

/**
 * One channel of an object: its values, or only what they come to, where the values themselves were
 * not kept. Not safe for several threads.
 */
final class ObjectChannel {
  private final ObjectMask mask;
  private final Optional<ChannelValues> values;
  private final IntegerSums integers;
  private Optional<ChannelSums> sums;

  private ObjectChannel(
      ObjectMask mask,
      Optional<ChannelValues> values,
      IntegerSums integers,
      Optional<ChannelSums> sums) {
    this.mask = mask;
    this.values = values;
    this.integers = integers;
    this.sums = sums;
  }

  /**
   * @param integers sums up values of small integer types
   */
  static ObjectChannel of(ObjectMask mask, ChannelValues values, IntegerSums integers) {
    return new ObjectChannel(mask, Optional.of(values), integers, Optional.empty());
  }

  /** A channel whose values were not kept. */
  static ObjectChannel of(ObjectMask mask, ChannelSums sums, IntegerSums integers) {
    return new ObjectChannel(mask, Optional.empty(), integers, Optional.of(sums));
  }

  /** Whether they were kept. */
  boolean hasValues() {
    return values.isPresent();
  }

  /**
   * @throws IllegalStateException if they were not kept
   */
  ChannelValues values() {
    return values.orElseThrow(
        () -> new IllegalStateException("The values of " + mask + " were not kept"));
  }

  Intensities intensities() {
    return isSummed() ? sums().intensities() : Intensities.of(values().toArray());
  }

  Centre centre() {
    return isSummed() ? sums().centre() : Centre.of(mask, values());
  }

  private boolean isSummed() {
    return sums.isPresent() || IntegerSums.take(values().type());
  }

  private ChannelSums sums() {
    if (sums.isEmpty()) {
      sums = Optional.of(values().sums(mask, integers));
    }
    return sums.get();
  }
}
