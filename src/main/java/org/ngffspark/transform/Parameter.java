// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import java.util.Optional;

/**
 * A parameter that a transform declares. Made by {@link #number}, {@link #integer}, {@link #label},
 * {@link #text}, {@link #choice} or {@link #flag}, and {@link #list} for several of them; it is
 * required unless {@link #withDefault} or {@link #optional} says otherwise.
 *
 * @param name as on the command line, {@code --param name=value}
 * @param type what its values are
 * @param fallback the value where none is given; empty if it is required or may be left out
 * @param absence what holds where it is left out, in words; empty if it is required
 * @param help one line
 */
public record Parameter(
    String name,
    ParameterType type,
    Optional<String> fallback,
    Optional<String> absence,
    String help) {

  /**
   * @throws IllegalArgumentException if the name is blank or has a {@code =}, or the default is no
   *     value of the type
   */
  public Parameter {
    if (name.isBlank() || name.contains("=")) {
      throw new IllegalArgumentException(
          "A parameter needs a name without '=', got '" + name + "'");
    }
    fallback = fallback.map(value -> check("The default of parameter", name, type, value));
  }

  /** A number with a fraction, finite unless {@link #in} says otherwise. */
  public static Parameter number(String name, String help) {
    return of(name, new ParameterType.Real(Range.FINITE), help);
  }

  /** A whole number of 64 bits. */
  public static Parameter integer(String name, String help) {
    return of(name, new ParameterType.Whole(Range.ANY), help);
  }

  /** A label id, up to the largest one of 64 bits without sign. */
  public static Parameter label(String name, String help) {
    return of(name, new ParameterType.LabelId(), help);
  }

  /** Any text. */
  public static Parameter text(String name, String help) {
    return of(name, new ParameterType.Text(), help);
  }

  /** One of some texts. */
  public static Parameter choice(String name, String help, String... choices) {
    return of(name, new ParameterType.Choice(List.of(choices)), help);
  }

  /** {@code true} or {@code false}. */
  public static Parameter flag(String name, String help) {
    return of(name, new ParameterType.Flag(), help);
  }

  private static Parameter of(String name, ParameterType type, String help) {
    return new Parameter(name, type, Optional.empty(), Optional.empty(), help);
  }

  /**
   * The same, for numbers of that range only; of a list each.
   *
   * @throws IllegalStateException if its values are not numbers
   */
  public Parameter in(Range range) {
    ParameterType narrowed =
        type instanceof ParameterType.ListOf list
            ? new ParameterType.ListOf(in(list.element(), range))
            : in((ParameterType.Single) type, range);
    return new Parameter(name, narrowed, fallback, absence, help);
  }

  private ParameterType.Single in(ParameterType.Single single, Range range) {
    if (single instanceof ParameterType.Real) {
      return new ParameterType.Real(range);
    }
    if (single instanceof ParameterType.Whole) {
      return new ParameterType.Whole(range);
    }
    throw new IllegalStateException(
        "Parameter '" + name + "' takes no range of numbers: it is " + single.words());
  }

  /**
   * The same with any number of such values, separated by commas: {@code --param name=1,2,3}. A
   * text in a list has no comma.
   *
   * @throws IllegalStateException if it is a list already
   */
  public Parameter list() {
    if (type instanceof ParameterType.Single single) {
      return new Parameter(name, new ParameterType.ListOf(single), fallback, absence, help);
    }
    throw new IllegalStateException("Parameter '" + name + "' is a list already");
  }

  /**
   * The same, with a value where none is given.
   *
   * @throws IllegalArgumentException if it is not a value of the parameter
   */
  public Parameter withDefault(String value) {
    return new Parameter(name, type, Optional.of(value), Optional.of(value), help);
  }

  /**
   * The same, may be left out.
   *
   * @param meaning what holds then, in words
   */
  public Parameter optional(String meaning) {
    return new Parameter(name, type, Optional.empty(), Optional.of(meaning), help);
  }

  public boolean isRequired() {
    return absence.isEmpty();
  }

  /** The values it takes, in words: {@code a number, greater than 0}. */
  public String values() {
    return type.words();
  }

  /** Checks a value and writes it in one way only, so that equal values have equal texts. */
  String canonical(String value) {
    return check("Parameter", name, type, value);
  }

  private static String check(String what, String name, ParameterType type, String value) {
    return type.canonical(value)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + " '" + name + "' must be " + type.words() + ", got '" + value + "'"));
  }
}
