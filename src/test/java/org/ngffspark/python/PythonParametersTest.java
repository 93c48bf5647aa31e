// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.transform.Parameter;

@NeedsPython
class PythonParametersTest {
  private static final String ALL =
      """
      from typing import Literal, Optional, Sequence

      def f(patch, *, rounds: int, sigma: float = 1.5, name: str = "a b", deep: bool = False,
            mode: Literal["near", "far"] = "near", order: Literal[1, 3] = 3,
            sizes: list[int] = [3, 5], names: tuple[str, ...] = ("ä",), weights: Sequence[float] = (),
            top: Optional[float] = None, low: "int | None" = 2, plain=7, high: float = float("inf"),
            modes: list[Literal["a", "b"]] = ["b"]):
          '''Does it.

          Parameters
          ----------
          patch : ndarray
              The pixels.
          rounds : int
              How often.
              More words.
          sigma, low : float
              Width of the kernel, in pixels.

          Returns
          -------
          rounds
              Not this.
          '''
          got = (rounds, sigma, name, deep, mode, order, sizes, names, weights, top, low, plain,
                 high, modes)
          raise ValueError(repr(got))
      """;

  @TempDir private Path folder;

  @Test
  void areReadFromTheSignature() {
    PythonTransform transform = TestPython.transform(folder, ALL);
    assertThat(transform.parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "rounds", "sigma", "name", "deep", "mode", "order", "sizes", "names", "weights", "top",
            "low", "plain", "high", "modes");
    assertThat(transform.parameters().get(0).isRequired()).isTrue();
    assertThat(transform.parameters().get(0).help()).isEqualTo("How often.");
    assertThat(transform.parameters().get(1).fallback()).hasValue("1.5");
    assertThat(transform.parameters().get(1).help()).isEqualTo("Width of the kernel, in pixels.");
    assertThat(transform.parameters().get(2).help()).isEmpty();
    assertThat(transform.parameters().get(9).isRequired()).isFalse();
    assertThat(transform.parameters().get(9).fallback()).isEmpty();
  }

  @Test
  void arriveWithTheirTypes() {
    assertThat(arrived(Map.of("rounds", "2")))
        .isEqualTo("(2, 1.5, 'a b', False, 'near', 3, [3, 5], ('ä',), [], None, 2, 7, inf, ['b'])");
    assertThat(
            arrived(
                Map.ofEntries(
                    Map.entry("rounds", "-4"),
                    Map.entry("sigma", "3"),
                    Map.entry("name", "ü, x"),
                    Map.entry("deep", "true"),
                    Map.entry("mode", "far"),
                    Map.entry("order", "1"),
                    Map.entry("sizes", "7"),
                    Map.entry("names", "p, q"),
                    Map.entry("weights", "0.5,1e3"),
                    Map.entry("top", "1e-7"),
                    Map.entry("low", "9"),
                    Map.entry("plain", "8"),
                    Map.entry("high", "NaN"),
                    Map.entry("modes", "a,b"))))
        .isEqualTo(
            "(-4, 3.0, 'ü, x', True, 'far', 1, [7], ('p', 'q'), [0.5, 1000.0], 1e-07, 9, 8, nan, ['a', 'b'])");
  }

  @Test
  void areCheckedBeforeAnythingRuns() {
    refused(Map.of(), "needs a value for 'rounds' (a whole number): How often.");
    refused(Map.of("rounds", "1.5"), "Parameter 'rounds' must be a whole number, got '1.5'");
    refused(Map.of("rounds", "1", "sigma", "x"), "'sigma' must be a number, got 'x'");
    refused(Map.of("rounds", "1", "deep", "yes"), "'deep' must be true or false, got 'yes'");
    refused(Map.of("rounds", "1", "mode", "mid"), "'mode' must be one of near, far, got 'mid'");
    refused(Map.of("rounds", "1", "order", "2"), "'order' must be one of 1, 3, got '2'");
    refused(
        Map.of("rounds", "1", "sizes", "3,x"),
        "'sizes' must be a list of whole numbers, separated by commas, got '3,x'");
    refused(
        Map.of("rounds", "1", "modes", "x"), "'modes' must be a list of texts, each one of a, b");
    refused(Map.of("rounds", "1", "size", "3"), "has no parameter 'size'; it has [rounds, sigma,");
  }

  private void refused(Map<String, String> given, String message) {
    assertThatThrownBy(() -> TestPython.transform(folder, ALL, given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private String arrived(Map<String, String> given) {
    PythonTransform transform = TestPython.transform(folder, ALL, given);
    try {
      TestObject.apply(transform);
    } catch (PythonException told) {
      return told.getMessage().lines().findFirst().orElseThrow().replace("ValueError: ", "");
    }
    throw new AssertionError("the function did not raise");
  }
}
