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
        "gaussian-blur | sigma=-1 | Parameter 'sigma' must be a number, greater than 0, got '-1'",
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

  private record Declared(List<Parameter> parameters) implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }
}
