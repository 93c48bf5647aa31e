// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Range;

/**
 * A keyword-only parameter of a function of Python.
 *
 * @param kind of a value, or of each of a list
 * @param choices the values there are, if it is a choice
 * @param list whether it takes several values
 * @param fallback text of the default, if it has one that is not None
 * @param help one line; may be empty
 */
record PythonParameter(
    String name,
    Kind kind,
    List<String> choices,
    boolean list,
    Absence absence,
    String fallback,
    String help)
    implements Serializable {
  private static final String COMMA = ",";

  /** Types of annotations. */
  enum Kind {
    INT,
    FLOAT,
    STR,
    BOOL,
    CHOICE
  }

  /** What holds if no value is given. */
  enum Absence {
    ERROR,
    NONE,
    DEFAULT
  }

  PythonParameter {
    choices = List.copyOf(choices);
  }

  static PythonParameter of(JsonNode json) {
    return new PythonParameter(
        json.path("name").asText(),
        Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
        texts(json.path("choices")),
        json.path("list").asBoolean(),
        Absence.valueOf(json.path("absence").asText().toUpperCase(Locale.ROOT)),
        String.join(COMMA, texts(json.path("default"))),
        json.path("help").asText());
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** As the command line takes it. */
  Parameter declared() {
    Parameter parameter = list ? single().list() : single();
    return switch (absence) {
      case ERROR -> parameter;
      case NONE -> parameter.optional("None");
      case DEFAULT -> parameter.withDefault(fallback);
    };
  }

  private Parameter single() {
    return switch (kind) {
      case INT -> Parameter.integer(name, help);
      case FLOAT -> Parameter.number(name, help).in(Range.ANY);
      case STR -> Parameter.text(name, help);
      case BOOL -> Parameter.flag(name, help);
      case CHOICE -> Parameter.choice(name, help, choices.toArray(String[]::new));
    };
  }

  /** The texts that the process of Python makes values of, from one that was checked. */
  List<String> values(String text) {
    if (!list) {
      return List.of(text);
    }
    return text.isEmpty() ? List.of() : List.of(text.split(COMMA, -1));
  }
}
