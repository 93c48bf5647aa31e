// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** The values of a transform's parameters, checked against what it declares. Immutable. */
public final class Parameters {
  private final Map<String, Parameter> declared = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  private Parameters(String title, Extension<?> extension) {
    for (Parameter parameter : extension.parameters()) {
      if (declared.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException(
            title
                + " '"
                + extension.name()
                + "' declares parameter '"
                + parameter.name()
                + "' twice");
      }
    }
  }

  /**
   * Checks {@code given}, and adds the default of each parameter that is not given.
   *
   * @param given texts by parameter name
   * @throws IllegalArgumentException if a name is not declared, a required one is missing, or a
   *     text is not a value of its parameter; the message lists what there is; if the transform
   *     declares a name twice
   */
  public static Parameters of(MaskedTransform transform, Map<String, String> given) {
    return of("Transform", transform, given);
  }

  /** The same for an extension of any kind, which messages call {@code title}. */
  public static Parameters of(String title, Extension<?> extension, Map<String, String> given) {
    Parameters parameters = new Parameters(title, extension);
    parameters.refuseUnknown(title + " '" + extension.name() + "'", given);
    for (Parameter parameter : parameters.declared.values()) {
      Optional<String> text =
          Optional.ofNullable(given.get(parameter.name())).or(parameter::fallback);
      if (text.isEmpty() && parameter.isRequired()) {
        throw new IllegalArgumentException(
            title + " '" + extension.name() + "' needs a value for " + describe(parameter));
      }
      text.ifPresent(value -> parameters.values.put(parameter.name(), parameter.canonical(value)));
    }
    return parameters;
  }

  private void refuseUnknown(String who, Map<String, String> given) {
    for (String name : new TreeSet<>(given.keySet())) {
      if (!declared.containsKey(name)) {
        throw new IllegalArgumentException(
            who + " has no parameter '" + name + "'; it has " + choices());
      }
    }
  }

  private String choices() {
    return declared.isEmpty() ? "none" : declared.keySet().toString();
  }

  private static String describe(Parameter parameter) {
    return "'" + parameter.name() + "' (" + parameter.values() + "): " + parameter.help();
  }

  /**
   * The texts of assignments {@code name=value}, by name, in their order.
   *
   * @throws IllegalArgumentException if there is no {@code =}, no name, or a name comes twice
   */
  public static Map<String, String> assignments(List<String> assignments) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "A parameter is given as name=value, got '" + assignment + "'");
      }
      String name = assignment.substring(0, equals).strip();
      if (byName.put(name, assignment.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException("Parameter '" + name + "' is given twice");
      }
    }
    return byName;
  }

  /** Whether there is a value, given or by default. */
  public boolean has(String name) {
    return values.containsKey(require(name).name());
  }

  /**
   * The value of a {@link Parameter#number}.
   *
   * @throws IllegalArgumentException if it is not declared or has no value, as for all others
   */
  public double number(String name) {
    return Double.parseDouble(value(name));
  }

  /** The value of a {@link Parameter#number} that may be left out. */
  public OptionalDouble optionalNumber(String name) {
    return has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
  }

  /** The values of a list of numbers. */
  public double[] numbers(String name) {
    return texts(name).stream().mapToDouble(Double::parseDouble).toArray();
  }

  /** The value of a {@link Parameter#integer}. */
  public long integer(String name) {
    return Long.parseLong(value(name));
  }

  /** The values of a list of whole numbers. */
  public long[] integers(String name) {
    return texts(name).stream().mapToLong(Long::parseLong).toArray();
  }

  /** The value of a {@link Parameter#label}: 64 bits without sign. */
  public long label(String name) {
    return Long.parseUnsignedLong(value(name));
  }

  /** The values of a list of label ids: 64 bits without sign. */
  public long[] labels(String name) {
    return texts(name).stream().mapToLong(Long::parseUnsignedLong).toArray();
  }

  /** The value of a {@link Parameter#flag}. */
  public boolean flag(String name) {
    return Boolean.parseBoolean(value(name));
  }

  /** The value as text: of a {@link Parameter#text} or {@link Parameter#choice}. */
  public String text(String name) {
    return value(name);
  }

  /** The values of a list as texts. */
  public List<String> texts(String name) {
    return ParameterType.ListOf.split(value(name));
  }

  /** All values by name, defaults included, written in one way only: equal values, equal texts. */
  public Map<String, String> asMap() {
    return Collections.unmodifiableMap(values);
  }

  private String value(String name) {
    require(name);
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new IllegalArgumentException("Parameter '" + name + "' has no value"));
  }

  private Parameter require(String name) {
    return Optional.ofNullable(declared.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No parameter '" + name + "' is declared; there is " + choices()));
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
