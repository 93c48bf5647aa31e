// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The word that somebody who has misspelt one may have meant. */
final class NearestWord {
  /** What passes for a slip: a letter wrong, missing or too many, or two swapped, of five. */
  private static final double NEAR = 0.85;

  private NearestWord() {}

  /** The known word that is most like it; empty if none is much like it. */
  static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(each -> likeness(word, each) >= NEAR)
        .max(
            Comparator.<String>comparingDouble(each -> likeness(word, each))
                .thenComparing(Comparator.reverseOrder()));
  }

  private static double likeness(String word, String other) {
    return new JaroWinklerSimilarity().apply(bare(word), bare(other));
  }

  /** What all options begin with would make all of them alike. */
  private static String bare(String word) {
    return word.replaceFirst("^-+", "");
  }

  /** As the end of a message: {@code "; did you mean 'x'?"}, or nothing. */
  static String question(String word, Collection<String> known) {
    return to(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }
}
