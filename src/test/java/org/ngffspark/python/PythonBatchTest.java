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
import org.ngffspark.zarr.nd.DataType;

/** Functions that take several objects at once, as networks do. */
@NeedsPython
class PythonBatchTest {
  private static final String HEAD =
      "from ngff_spark import masked_transform\n@masked_transform(batch=True)\n";

  @TempDir private Path folder;

  @Test
  void getListsOfWhatEachObjectHasAndWhatAllHaveInCommon() {
    String source =
        HEAD
            + """
            def f(patch, mask, label, origin, axes, channel_names, notes):
                assert [each.shape for each in patch] == [(1, 1), (1, 2), (1, 3)], patch
                assert [each.shape for each in mask] == [(1, 1), (1, 2), (1, 3)], mask
                assert label == [1, 1, 1] and origin == [(0, 0)] * 3
                assert axes == "yx" and channel_names == ("DAPI",)
                notes[1].append("second")
                return [each + 10 * (i + 1) for i, each in enumerate(patch)]
            """;
    List<MaskedPatch> objects = rows(3);
    List<Patch> results = apply(source, objects);
    assertThat(results.stream().map(each -> (int) each.value(0))).containsExactly(10, 20, 30);
    assertThat(objects.get(1).notes().texts()).containsExactly("second");
    assertThat(objects.get(0).notes().texts()).isEmpty();
  }

  @Test
  void mayChangeSomePatchesInPlaceAndReturnOthers() {
    String source =
        HEAD
            + """
            def f(patch):
                patch[0][:] = 5
                return [None, patch[1] + 6.5, None]
            """;
    assertThat(apply(source, rows(3)).stream().map(each -> (int) each.value(0)))
        .containsExactly(5, 6, 0);
    String inPlace = HEAD + "def f(patch):\n    for each in patch: each += 1\n";
    assertThat(apply(inPlace, rows(2)).stream().map(each -> (int) each.value(0)))
        .containsExactly(1, 1);
  }

  @Test
  void areToldWhatIsWrongWithTheirResults() {
    assertThatThrownBy(() -> apply(HEAD + "def f(patch): return patch[:2]", rows(3)))
        .isInstanceOf(PythonException.class)
        .hasMessageContaining("it returned 2 results for 3 objects");
    assertThatThrownBy(() -> apply(HEAD + "def f(patch): return 5", rows(3)))
        .hasMessageContaining("it returned a int, not 3 results");
    assertThatThrownBy(
            () -> apply(HEAD + "def f(patch): return [each[0] for each in patch]", rows(2)))
        .hasMessageContaining("it returned an array of shape (1,)");
  }

  @Test
  void saySoToTheRun() {
    assertThat(TestPython.transform(folder, HEAD + "def f(patch): pass").objectsAtOnce())
        .isEqualTo(64);
    assertThat(TestPython.transform(folder, "def f(patch): pass").objectsAtOnce()).isEqualTo(1);
  }

  private List<Patch> apply(String source, List<MaskedPatch> objects) {
    List<Patch> results = objects.stream().map(object -> object.patch().copy()).toList();
    TestPython.transform(folder, source).applyAll(objects, results);
    return results;
  }

  private static List<MaskedPatch> rows(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(length -> TestObject.row(DataType.UINT8, length))
        .toList();
  }
}
