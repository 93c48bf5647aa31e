// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;

/** Functions that take one object each, and are sent several at once. */
@NeedsPython
class PythonGroupTest {
  @TempDir private Path folder;

  @Test
  void getEachObjectByItselfWithItsOwnNotes() {
    String source =
        """
        def f(patch, mask, origin, notes):
            assert patch.ndim == 2 and mask.shape == patch.shape
            if patch.shape[1] == 2:
                notes.append("two")
            patch += 10 * patch.shape[1]
        """;
    List<MaskedPatch> objects = objects(3, 1);
    List<Patch> results = apply(source, objects);
    assertThat(results.stream().map(each -> (int) each.value(0))).containsExactly(10, 20, 30);
    assertThat(objects.stream().map(object -> object.notes().texts().size()))
        .containsExactly(0, 1, 0);
  }

  @Test
  void mayBeTooLargeForTheMemoryThatBothShare() {
    // Patch and mask of one take 3 MB of the 4 that there are, and that of three 9.
    List<MaskedPatch> objects = objects(3, 500_000);
    List<Patch> results = apply("def f(patch, mask): return patch + 1", objects);
    for (Patch result : results) {
      assertThat(result.value(0)).isEqualTo(1);
      assertThat(result.value(result.size() - 1)).isEqualTo(1);
    }
  }

  @Test
  void failTogetherAndThenWorkAgain() {
    String source =
        """
        def f(patch):
            if patch.shape[1] == 2 and not patch.any():
                raise ValueError("no light")
            return patch + 1
        """;
    PythonTransform transform = TestPython.transform(folder, source);
    List<MaskedPatch> objects = objects(3, 1);
    assertThatThrownBy(() -> applied(transform, objects))
        .isInstanceOf(PythonException.class)
        .hasMessageContaining("ValueError: no light");
    List<MaskedPatch> others = List.of(objects.get(0), objects.get(2));
    assertThat(applied(transform, others).stream().map(each -> (int) each.value(0)))
        .containsExactly(1, 1);
  }

  private List<Patch> apply(String source, List<MaskedPatch> objects) {
    return applied(TestPython.transform(folder, source), objects);
  }

  private static List<Patch> applied(PythonTransform transform, List<MaskedPatch> objects) {
    List<Patch> results = objects.stream().map(object -> object.patch().copy()).toList();
    transform.applyAll(objects, results);
    return results;
  }

  /** Objects of so many rows, and of 1, 2, 3 … columns. */
  private static List<MaskedPatch> objects(int count, int rows) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            columns -> {
              Patch patch = Patches.zeros(DataType.UINT16, Axes.of("y", "x"), rows, columns);
              Patch labels = patch.copy();
              labels.setInteger(0, 1);
              return MaskedPatch.of(patch, labels, 1, List.of("DAPI"));
            })
        .toList();
  }
}
