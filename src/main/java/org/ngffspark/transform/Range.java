// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.function.DoublePredicate;

/** The numbers that a parameter takes. */
public final class Range {
  /** Any number but NaN and infinity. */
  public static final Range FINITE = new Range(Double::isFinite, "finite");

  /** Any number, NaN and infinity too. */
  public static final Range ANY = new Range(value -> true, "");

  private final DoublePredicate holds;
  private final String words;

  private Range(DoublePredicate holds, String words) {
    this.holds = holds;
    this.words = words;
  }

  /**
   * @param holds true for the numbers that are taken
   * @param words what they are, to follow "must be a number,": {@code greater than 0}
   */
  public static Range of(DoublePredicate holds, String words) {
    return new Range(holds, words);
  }

  /** Finite numbers greater than {@code low}. */
  public static Range above(double low) {
    return of(value -> value > low && Double.isFinite(value), "greater than " + text(low));
  }

  /** Finite numbers less than {@code high}. */
  public static Range below(double high) {
    return of(value -> value < high && Double.isFinite(value), "less than " + text(high));
  }

  /** Finite numbers from {@code low} on. */
  public static Range atLeast(double low) {
    return of(value -> value >= low && Double.isFinite(value), "at least " + text(low));
  }

  /** Finite numbers up to {@code high}. */
  public static Range atMost(double high) {
    return of(value -> value <= high && Double.isFinite(value), "at most " + text(high));
  }

  /** Numbers from {@code low} to {@code high}, both included. */
  public static Range between(double low, double high) {
    return of(value -> value >= low && value <= high, "from " + text(low) + " to " + text(high));
  }

  /** Odd whole numbers from 1 to {@code high}. */
  public static Range oddUpTo(int high) {
    return of(value -> value >= 1 && value <= high && value % 2 == 1, "odd, from 1 to " + high);
  }

  /** Whether the number is taken. */
  public boolean holds(double value) {
    return holds.test(value);
  }

  /** What is taken, in words after those of a kind of numbers: {@code a number, at least 0}. */
  String after(String kind, String each) {
    return words.isEmpty() ? kind : kind + ", " + each + words;
  }

  /** The shortest text of a number, whole ones without a fraction. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** {@code greater than 0}. */
  @Override
  public String toString() {
    return words.isEmpty() ? "any number" : words;
  }
}
