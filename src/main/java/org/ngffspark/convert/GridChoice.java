// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lengths of chunks or shards, as they are asked for.
 *
 * @param lengths with {@link Kind#LENGTHS}: of the last axes, those before have 1; else empty
 */
public record GridChoice(Kind kind, List<Integer> lengths) implements Serializable {

  /** How lengths are found. */
  public enum Kind {
    /** Of a good size where the output has shards and the source has none, else as they are. */
    AUTO,
    /** As in the source, where the format has them. */
    KEEP,
    /** No shards. */
    NONE,
    /** As they are given. */
    LENGTHS
  }

  public static final GridChoice AUTO = new GridChoice(Kind.AUTO, List.of());

  /**
   * @throws IllegalArgumentException if a length is below 1
   */
  public GridChoice {
    lengths = List.copyOf(lengths);
    if (lengths.stream().anyMatch(length -> length < 1)) {
      throw new IllegalArgumentException("Lengths must be at least 1, got " + lengths);
    }
  }

  /**
   * Reads {@code auto}, {@code keep}, {@code none}, or lengths as {@code 16,512,512}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static GridChoice of(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "keep" -> new GridChoice(Kind.KEEP, List.of());
      case "none" -> new GridChoice(Kind.NONE, List.of());
      default -> new GridChoice(Kind.LENGTHS, lengths(text));
    };
  }

  private static List<Integer> lengths(String text) {
    try {
      return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(
          "Lengths are auto, keep, none or numbers, as 16,512,512; got '" + text + "'", wrong);
    }
  }

  @Override
  public String toString() {
    return kind == Kind.LENGTHS ? lengths.toString() : kind.toString().toLowerCase(Locale.ROOT);
  }
}
