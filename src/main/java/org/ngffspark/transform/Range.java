// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.function.DoublePredicate;

/**
 * The numbers that a parameter takes.
 *
 * @param holds true for those
 * @param text in words, to follow "must be", for example {@code greater than 0}
 */
public record Range(DoublePredicate holds, String text) {
  /** Any number but NaN and infinity. */
  public static final Range FINITE = new Range(Double::isFinite, "finite");

  /** Any number, NaN and infinity too. */
  public static final Range ANY = new Range(value -> true, "any number");

  /** Finite numbers greater than {@code low}. */
  public static Range above(double low) {
    return new Range(
        value -> value > low && Double.isFinite(value), "greater than " + Parameter.text(low));
  }

  /** Numbers from {@code low} to {@code high}, both included. */
  public static Range between(double low, double high) {
    return new Range(
        value -> value >= low && value <= high,
        "from " + Parameter.text(low) + " to " + Parameter.text(high));
  }

  /** Odd whole numbers from 1 to {@code high}. */
  public static Range oddUpTo(int high) {
    return new Range(
        value -> value >= 1 && value <= high && value % 2 == 1, "odd, from 1 to " + high);
  }
}
