// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/**
 * How often two gray levels are neighbours in one direction, each pair counted both ways. Pairs
 * with level 0 are left out.
 */
final class LevelPairs {
  private final int size;
  private final int[] counts;
  private long total;

  /**
   * @param highest highest level that occurs
   */
  LevelPairs(int highest) {
    this.size = highest + 1;
    this.counts = new int[size * size];
  }

  void add(int level, int other) {
    if (level != 0 && other != 0) {
      counts[level * size + other]++;
      counts[other * size + level]++;
      total += 2;
    }
  }

  boolean isEmpty() {
    return total == 0;
  }

  /** The features in the order of {@link Texture#NAMES}. */
  double[] features() {
    double[] single = new double[size];
    double[] sums = new double[2 * size];
    double[] differences = new double[size];
    double squares = 0;
    double homogeneity = 0;
    double entropy = 0;
    double products = 0;
    for (int i = 1; i < size; i++) {
      for (int j = 1; j < size; j++) {
        if (counts[i * size + j] > 0) {
          double p = counts[i * size + j] / (double) total;
          single[i] += p;
          sums[i + j] += p;
          differences[Math.abs(i - j)] += p;
          squares += p * p;
          homogeneity += p / (1.0 + (i - j) * (i - j));
          entropy -= p * log2(p);
          products += p * i * j;
        }
      }
    }
    double mean = moment(single, 1);
    double variance = moment(single, 2) - mean * mean;
    double average = moment(sums, 1);
    double independent = 2 * entropy(single);
    return new double[] {
      squares,
      moment(differences, 2),
      isUniform(single) ? 1 : (products - mean * mean) / variance,
      variance,
      homogeneity,
      average,
      moment(sums, 2) - average * average,
      entropy(sums),
      entropy,
      spread(differences),
      entropy(differences),
      isUniform(single) ? 0 : (entropy - independent) / (independent / 2),
      Math.sqrt(Math.max(0, 1 - Math.exp(-2 * (independent - entropy))))
    };
  }

  /** Whether one level only has neighbours, so that nothing varies. */
  private static boolean isUniform(double[] probabilities) {
    int levels = 0;
    for (double p : probabilities) {
      levels += p > 0 ? 1 : 0;
    }
    return levels == 1;
  }

  private static double moment(double[] probabilities, int order) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i] * Math.pow(i, order);
    }
    return sum;
  }

  private static double entropy(double[] probabilities) {
    double entropy = 0;
    for (double p : probabilities) {
      entropy -= p > 0 ? p * log2(p) : 0;
    }
    return entropy;
  }

  /** The variance of the probabilities themselves, as mahotas has it. */
  private static double spread(double[] probabilities) {
    double mean = 0;
    for (double p : probabilities) {
      mean += p / probabilities.length;
    }
    double spread = 0;
    for (double p : probabilities) {
      spread += (p - mean) * (p - mean) / probabilities.length;
    }
    return spread;
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
