// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the values of a parameter are: what texts stand for them, and how that is said. */
public sealed interface ParameterType {

  /** The values in words, to follow "must be": {@code a number, greater than 0}. */
  String words();

  /**
   * The text of a value, written in one way only, so that equal values have equal texts.
   *
   * @return empty if the text stands for no value of this type
   */
  Optional<String> canonical(String text);

  /** One value. */
  sealed interface Single extends ParameterType {
    /** Several values in words: {@code numbers, each greater than 0}. */
    String wordsForSeveral();
  }

  /** Numbers with a fraction. */
  record Real(Range range) implements Single {
    @Override
    public String words() {
      return range.after("a number", "");
    }

    @Override
    public String wordsForSeveral() {
      return range.after("numbers", "each ");
    }

    @Override
    public Optional<String> canonical(String text) {
      try {
        return Optional.of(Double.parseDouble(text)).filter(range::holds).map(Range::text);
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
  }

  /** Whole numbers of 64 bits. */
  record Whole(Range range) implements Single {
    @Override
    public String words() {
      return range.after("a whole number", "");
    }

    @Override
    public String wordsForSeveral() {
      return range.after("whole numbers", "each ");
    }

    @Override
    public Optional<String> canonical(String text) {
      try {
        return Optional.of(Long.parseLong(text))
            .filter(value -> range.holds((double) value))
            .map(value -> Long.toString(value));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
  }

  /** Label ids, up to the largest one of 64 bits without sign. */
  record LabelId() implements Single {
    @Override
    public String words() {
      return "a label id";
    }

    @Override
    public String wordsForSeveral() {
      return "label ids";
    }

    @Override
    public Optional<String> canonical(String text) {
      try {
        return Optional.of(Long.toUnsignedString(Long.parseUnsignedLong(text)));
      } catch (NumberFormatException notAnId) {
        return Optional.empty();
      }
    }
  }

  /** Any texts. */
  record Text() implements Single {
    @Override
    public String words() {
      return "a text";
    }

    @Override
    public String wordsForSeveral() {
      return "texts";
    }

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text);
    }
  }

  /**
   * Some texts and no others.
   *
   * @param choices at least one, each once
   */
  record Choice(List<String> choices) implements Single {
    public Choice {
      choices = List.copyOf(choices);
      if (choices.isEmpty() || choices.stream().distinct().count() < choices.size()) {
        throw new IllegalArgumentException(
            "A choice needs at least one text, and each once, got " + choices);
      }
    }

    @Override
    public String words() {
      return "one of " + String.join(", ", choices);
    }

    @Override
    public String wordsForSeveral() {
      return "texts, each " + words();
    }

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text).filter(choices::contains);
    }
  }

  /** {@code true} and {@code false}. */
  record Flag() implements Single {
    @Override
    public String words() {
      return "true or false";
    }

    @Override
    public String wordsForSeveral() {
      return "flags, each " + words();
    }

    @Override
    public Optional<String> canonical(String text) {
      return Optional.of(text).filter(value -> value.equals("true") || value.equals("false"));
    }
  }

  /** Any number of values of another type, separated by commas; the empty text for none. */
  record ListOf(Single element) implements ParameterType {
    private static final String COMMA = ",";

    public ListOf {
      if (element instanceof Choice choice
          && choice.choices.stream().anyMatch(each -> each.isBlank() || each.contains(COMMA))) {
        throw new IllegalArgumentException(
            "Choices of a list must hold text without a comma, got " + choice.choices);
      }
    }

    /** The values of a canonical text. */
    static List<String> split(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(COMMA, -1));
    }

    @Override
    public String words() {
      return "a list of " + element.wordsForSeveral() + ", separated by commas";
    }

    @Override
    public Optional<String> canonical(String text) {
      List<String> values = new ArrayList<>();
      for (String part : split(text.strip())) {
        element.canonical(part.strip()).ifPresent(values::add);
      }
      return Optional.of(String.join(COMMA, values))
          .filter(all -> values.size() == split(text.strip()).size());
    }
  }
}
