// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

class ParametersTest {
  private static Parameters affine(String... assignments) {
    return Parameters.of(new Affine(), Parameters.assignments(List.of(assignments)));
  }

  @Test
  void valuesThatAreNotGivenHaveTheirDefaults() {
    Parameters values = affine("scale=0.5");
    assertThat(values.number("scale")).isEqualTo(0.5);
    assertThat(values.number("offset")).isZero();
    assertThat(values.asMap()).containsExactly(Map.entry("scale", "0.5"), Map.entry("offset", "0"));
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1", "1e0, 1", "0.50, 0.5", "-0, 0", "1e300, 1.0E300", "255, 255"})
  void equalNumbersHaveEqualTexts(String given, String text) {
    assertThat(affine("scale= " + given + " ").text("scale")).isEqualTo(text);
  }

  @Test
  void anUnknownNameListsThoseThereAre() {
    assertThatThrownBy(() -> affine("skale=2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Transform 'affine' has no parameter 'skale'; it has [scale, offset]");
    assertThatThrownBy(() -> Parameters.of(new Clear(), Map.of("id", "1")))
        .hasMessage("Transform 'clear' has no parameter 'id'; it has none");
  }

  @Test
  void aMissingValueSaysWhatItIsFor() {
    assertThatThrownBy(() -> Parameters.of(new Fill(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Transform 'fill' needs a value for 'value' (a number): the new value of every pixel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "affine | scale=x | Parameter 'scale' must be a number, finite, got 'x'",
        "affine | scale=NaN | Parameter 'scale' must be a number, finite, got 'NaN'",
        "affine | scale= | Parameter 'scale' must be a number, finite, got ''",
        "gamma | gamma=0 | Parameter 'gamma' must be a number, greater than 0, got '0'",
        "gaussian-blur | sigma=-1 | Parameter 'sigma' must be a number, greater than 0, at most 10000, got '-1'",
        "gaussian-blur | sigma=1e9 | Parameter 'sigma' must be a number, greater than 0, at most 10000, got '1e9'",
        "median | size=4 | Parameter 'size' must be a whole number, odd, from 1 to 9999, got '4'",
        "median | size=2.5 | must be a whole number, odd, from 1 to 9999, got '2.5'",
        "erase | percentile=101 | must be a number, from 0 to 100, got '101'",
        "relabel | to=-3 | Parameter 'to' must be a label id, got '-3'",
        "normalize | low=99 | 'low' must be less than 'high', got {low=99, high=99}",
        "clip | min=3,max=2 | 'min' must not exceed 'max', got {min=3, max=2}",
      })
  void aWrongValueSaysWhatWouldBeRight(String transform, String assignments, String message) {
    Map<String, String> given = Parameters.assignments(List.of(assignments.split(",", -1)));
    assertThatThrownBy(() -> BuiltIn.transform(transform, given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void clipNeedsOneOfItsLimits() {
    assertThatThrownBy(() -> BuiltIn.transform("clip", Map.of()))
        .hasMessage("Transform 'clip' needs 'min', 'max' or both");
  }

  @Test
  void labelIdsHave64Bits() {
    Parameters values = Parameters.of(new Relabel(), Map.of("to", "18446744073709551615"));
    assertThat(values.label("to")).isEqualTo(-1L);
    assertThat(values.text("to")).isEqualTo("18446744073709551615");
  }

  @Test
  void assignmentsNeedANameAndNoNameComesTwice() {
    assertThat(Parameters.assignments(List.of("a=b=c", "d = e")))
        .containsExactly(Map.entry("a", "b=c"), Map.entry("d", "e"));
    assertThatThrownBy(() -> Parameters.assignments(List.of("scale")))
        .hasMessage("A parameter is given as name=value, got 'scale'");
    assertThatThrownBy(() -> Parameters.assignments(List.of("=3")))
        .hasMessage("A parameter is given as name=value, got '=3'");
    assertThatThrownBy(() -> Parameters.assignments(List.of("a=1", "a=2")))
        .hasMessage("Parameter 'a' is given twice");
  }

  @Test
  void askingForWhatIsNotDeclaredOrHasNoValueIsRefused() {
    Parameters values = Parameters.of(new Gamma(), Map.of("gamma", "2"));
    assertThat(values.has("max")).isFalse();
    assertThat(values.optionalNumber("max")).isEmpty();
    assertThatThrownBy(() -> values.number("max")).hasMessage("Parameter 'max' has no value");
    assertThatThrownBy(() -> values.number("sigma"))
        .hasMessage("No parameter 'sigma' is declared; there is [gamma, max]");
  }

  @Test
  void textAndWholeNumbersKeepTheirValues() {
    MaskedTransform declared =
        new Declared(
            List.of(
                Parameter.text("model", "which model").withDefault("nuclei"),
                Parameter.integer("rounds", "how often").in(Range.between(1, 9))));
    Parameters values = Parameters.of(declared, Map.of("rounds", "7"));
    assertThat(values.text("model")).isEqualTo("nuclei");
    assertThat(values.integer("rounds")).isEqualTo(7);
    assertThatThrownBy(() -> Parameters.of(declared, Map.of("rounds", "10")))
        .hasMessage("Parameter 'rounds' must be a whole number, from 1 to 9, got '10'");
  }

  private static MaskedTransform manyKinds() {
    return new Declared(
        List.of(
            Parameter.choice("mode", "at the border", "reflect", "nearest").withDefault("nearest"),
            Parameter.flag("log", "of the pixels").withDefault("false"),
            Parameter.number("sigmas", "of each axis").list().in(Range.atLeast(0)).withDefault("1"),
            Parameter.integer("rounds", "how often").in(Range.atMost(9)).list().optional("none"),
            Parameter.label("keep", "which ids").list().optional("none"),
            Parameter.choice("steps", "in their order", "open", "close").list().optional("none"),
            Parameter.text("names", "of results").list().optional("none")));
  }

  private static Parameters many(String... assignments) {
    return Parameters.of(manyKinds(), Parameters.assignments(List.of(assignments)));
  }

  @Test
  void choicesAndFlagsAreOfAFewTexts() {
    assertThat(manyKinds().parameters().get(0).values()).isEqualTo("one of reflect, nearest");
    assertThat(many("log=true").flag("log")).isTrue();
    assertThat(many().flag("log")).isFalse();
    assertThat(many("mode=reflect").text("mode")).isEqualTo("reflect");
  }

  @Test
  void listsAreSeparatedByCommas() {
    Parameters values =
        many("sigmas= 1.0, 2e0,0.5 ", "keep=18446744073709551615,7", "steps=close,open,close");
    assertThat(values.numbers("sigmas")).containsExactly(1, 2, 0.5);
    assertThat(values.text("sigmas")).isEqualTo("1,2,0.5");
    assertThat(values.labels("keep")).containsExactly(-1, 7);
    assertThat(values.texts("steps")).containsExactly("close", "open", "close");
    assertThat(values.has("rounds")).isFalse();
    assertThat(many("rounds=").integers("rounds")).isEmpty();
    assertThat(many("rounds=9").integers("rounds")).containsExactly(9);
    assertThat(many("names=a, b c").texts("names")).containsExactly("a", "b c");
    assertThat(many().numbers("sigmas")).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mode=wrap | 'mode' must be one of reflect, nearest, got 'wrap'",
        "log=yes | 'log' must be true or false, got 'yes'",
        "sigmas=1,-1 | must be a list of numbers, each at least 0, separated by commas, got '1,-1'",
        "sigmas=1,,2 | must be a list of numbers, each at least 0, separated by commas, got '1,,2'",
        "rounds=10 | a list of whole numbers, each at most 9, separated by commas, got '10'",
        "keep=x | must be a list of label ids, separated by commas, got 'x'",
        "steps=shut | a list of texts, each one of open, close, separated by commas, got 'shut'",
      })
  void aWrongChoiceFlagOrListSaysWhatWouldBeRight(String assignment, String message) {
    assertThatThrownBy(() -> many(assignment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aWrongDeclarationIsRefusedWhereItIsMade() {
    assertThatThrownBy(() -> Parameter.number("a", "").in(Range.above(0)).withDefault("0"))
        .hasMessage("The default of parameter 'a' must be a number, greater than 0, got '0'");
    assertThatThrownBy(() -> Parameter.choice("a", "", "x").withDefault("y"))
        .hasMessage("The default of parameter 'a' must be one of x, got 'y'");
    assertThatThrownBy(() -> Parameter.choice("a", ""))
        .hasMessageContaining("at least one text, and each once, got []");
    assertThatThrownBy(() -> Parameter.choice("a", "", "x,y").list())
        .hasMessageContaining("without a comma, got [x,y]");
    assertThatThrownBy(() -> Parameter.text("a", "").list().list())
        .hasMessage("Parameter 'a' is a list already");
    assertThatThrownBy(() -> Parameter.text("a", "").in(Range.ANY))
        .hasMessage("Parameter 'a' takes no range of numbers: it is a text");
    assertThatThrownBy(() -> Parameter.text("a=b", ""))
        .hasMessage("A parameter needs a name without '=', got 'a=b'");
    Declared twice = new Declared(List.of(Parameter.text("a", ""), Parameter.flag("a", "")));
    assertThatThrownBy(() -> Parameters.of(twice, Map.of()))
        .hasMessageContaining("declares parameter 'a' twice");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, true",
    "2, 2, false",
    "-1, -1.5, true",
    "0, NaN, false",
    "0, -Infinity, false"
  })
  void rangesBelowHoldFiniteNumbers(double high, double value, boolean holds) {
    assertThat(Range.below(high).holds(value)).isEqualTo(holds);
  }

  private record Declared(List<Parameter> parameters) implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }
}
