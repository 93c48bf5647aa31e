// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

@NeedsPython
class PythonTransformTest {
  @TempDir private Path folder;
  private int started;

  @Test
  void takesTheArrayThatTheFunctionReturns() {
    assertThat(apply("def f(patch, mask): return patch * mask // 2"))
        .containsExactly(0, 10, 15, 0, 0, 0);
  }

  @Test
  void takesAPatchThatWasChangedInPlace() {
    assertThat(apply("def f(patch, mask): patch[mask] = 1")).containsExactly(10, 1, 1, 40, 50, 60);
  }

  @Test
  void givesNewLabelIdsAsJavaDoesAndFromTheFirstWithEachCall() {
    PythonTransform split =
        TestPython.transform(
            folder,
            """
            def f(patch, mask, *, new_label):
                for place in zip(*mask.nonzero()):
                    patch[place] = new_label()
            """);
    assertThat(split.makesLabels()).isTrue();
    MaskedPatch object = TestObject.small();
    for (int call = 0; call < 2; call++) {
      MaskedPatch fresh = object.withNewLabels(100);
      assertThat(TestObject.apply(split, fresh).integer(1)).isEqualTo(107);
      assertThat(TestObject.apply(split, fresh).integer(2)).isEqualTo(207);
    }
    assertThat(object.withNewLabels(100).newLabel()).isEqualTo(107);
    assertThatThrownBy(() -> TestObject.apply(split, object.withNewLabels(65_000)))
        .hasMessageContaining("the new label id 130007 is more than uint16 holds");
    assertThatThrownBy(() -> TestObject.apply(split, object))
        .hasMessageContaining("new label ids are for transforms of label images");
    assertThat(TestPython.transform(folder, "def f(patch): pass").makesLabels()).isFalse();
  }

  @Test
  void takesViewsThatAreNotContiguous() {
    assertThat(apply("def f(patch): return patch[::-1, ::-1]"))
        .containsExactly(60, 50, 40, 30, 20, 10);
  }

  @Test
  void takesWhatCanBeAnArray() {
    assertThat(apply("def f(patch): return [[1, 2, 3], [4.5, 5.5, True]]"))
        .containsExactly(1, 2, 3, 4, 6, 1);
  }

  @Test
  void callsTheFirstArgumentThePatchWhateverItsName() {
    assertThat(apply("f = lambda x, mask: x // 10")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(apply("import numpy\nf = numpy.invert"))
        .containsExactly(65525, 65515, 65505, 65495, 65485, 65475);
  }

  @Test
  void takesObjectsOfAllSizesWhateverWayTheirPixelsGo() {
    PythonTransform sum =
        TestPython.transform(folder, "def f(patch, mask, labels): return patch + mask + labels");
    for (int length : new int[] {7, 500_001, 1_500_001, 3, 3_000_000, 5}) {
      Patch result = TestObject.apply(sum, TestObject.row(DataType.UINT16, length));
      assertThat(result.size()).isEqualTo(length);
      assertThat(IntStream.range(0, length).allMatch(i -> result.value(i) == 2))
          .as("%d pixels", length)
          .isTrue();
    }
  }

  @Test
  void whatAFunctionKeepsStaysAsItWas() {
    PythonTransform first =
        TestPython.transform(
            folder,
            """
            kept = []
            def f(patch, mask):
                kept.append((patch, mask))
                return patch * 0 + kept[0][0].sum() + kept[0][1].sum()
            """);
    assertThat(TestObject.apply(first)).containsOnly(212);
    assertThat(TestObject.apply(first, TestObject.row(DataType.UINT16, 9)).value(3)).isEqualTo(212);
  }

  @Test
  void callsObjectsThatCanBeCalledAndMakesThemOnce() {
    String source =
        """
        class Model:
            channelwise = True

            def __init__(self):
                self.calls = 0

            def __call__(self, patch):
                self.calls += 1
                return patch * 0 + self.calls

        f = Model()
        """;
    PythonTransform transform = TestPython.transform(folder, source);
    assertThat(transform.channelwise()).isTrue();
    assertThat(TestObject.apply(transform)).containsOnly(1);
    assertThat(TestObject.apply(transform)).containsOnly(2);
  }

  @Test
  void givesWhatTheFunctionAsksForByName() {
    String source =
        """
        import numpy as np

        def f(origin, patch, label, *, labels, mask, axes, channel_names, pixel_size, image):
            assert image == "", image
            assert patch.dtype == np.uint8 and patch.shape == (2, 1, 2, 3), patch
            assert patch.tolist() == np.arange(12).reshape(2, 1, 2, 3).tolist(), patch
            assert axes == "czyx", axes
            assert channel_names == ("DAPI", "Grün"), channel_names
            assert pixel_size == (1.0, 2.5, 0.325, 0.65), pixel_size
            assert origin == (0, 4, 20, 30), origin
            assert label == 2**64 - 2, label
            assert labels.dtype == np.uint64 and labels.shape == (1, 2, 3), labels
            assert labels.tolist() == [[[0, label, 0], [5, 0, label]]], labels
            assert mask.dtype == bool and mask.shape == patch.shape, mask
            assert (mask == (labels == label)).all(), mask
            return patch + 1
        """;
    Patch result = TestObject.apply(TestPython.transform(folder, source), twoChannels());
    assertThat(values(result)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  private static MaskedPatch twoChannels() {
    Axes axes = Axes.of("c", "z", "y", "x");
    Shape shape = Shape.of(2, 1, 2, 3);
    byte[] pixels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    Patch patch =
        Patch.of(
            NdArray.wrap(DataType.UINT8, shape, pixels),
            axes,
            PixelSize.of(axes, 1, 2.5, 0.325, 0.65),
            Box.of(new long[] {0, 4, 20, 30}, new long[] {2, 5, 22, 33}));
    Patch labels = Patches.zeros(DataType.UINT64, Axes.of("z", "y", "x"), 1, 2, 3);
    labels.setInteger(1, -2);
    labels.setInteger(3, 5);
    labels.setInteger(5, -2);
    return MaskedPatch.of(patch, labels, -2, List.of("DAPI", "Grün"));
  }

  @Test
  void handsOverArraysOfTheFunctionsOwn() {
    String source =
        """
        kept = []

        def f(patch, mask, labels):
            kept.append((patch.copy(), patch))
            assert all((before == after).all() for before, after in kept)
            mask[:] = False
            labels[:] = 0
            return patch
        """;
    PythonTransform transform = TestPython.transform(folder, source);
    for (int i = 0; i < 3; i++) {
      MaskedPatch object = TestObject.row(DataType.UINT8, i + 1);
      assertThat(TestObject.apply(transform, object).pixels().bytes())
          .isEqualTo(object.patch().pixels().bytes());
      assertThat(object.labels().integer(0)).isEqualTo(1);
    }
  }

  @Test
  void changesNothingBesideTheResult() {
    MaskedPatch object = TestObject.small();
    byte[] before = object.patch().pixels().bytes().clone();
    TestObject.apply(TestPython.transform(folder, "def f(patch): patch[:] = 0"), object);
    assertThat(object.patch().pixels().bytes()).isEqualTo(before);
  }

  @Test
  void takesNotes() {
    PythonTransform transform =
        TestPython.transform(
            folder, "def f(patch, notes): notes.append('kept: no ring'); notes.append('Größe 3')");
    MaskedPatch object = TestObject.small();
    TestObject.apply(transform, object);
    assertThat(object.notes().texts()).containsExactly("kept: no ring", "Größe 3");
  }

  @Test
  void movesPatchesThatAreLargerThanAnyBuffer() {
    MaskedPatch zeros = TestObject.row(DataType.FLOAT64, 700_001);
    Patch pixels = zeros.patch().copy();
    IntStream.range(0, pixels.size()).forEach(i -> pixels.set(i, i));
    MaskedPatch object = MaskedPatch.of(pixels, zeros.labels(), 1, List.of("DAPI"));
    PythonTransform transform =
        TestPython.transform(folder, "def f(patch, mask, labels): return patch * mask + labels");
    Patch result = TestObject.apply(transform, object);
    assertThat(IntStream.range(0, result.size()).allMatch(i -> result.value(i) == i + 1)).isTrue();
  }

  @Test
  void takesPatchesWithoutPixels() {
    MaskedPatch object = TestObject.row(DataType.UINT16, 0);
    PythonTransform transform =
        TestPython.transform(folder, "def f(patch, mask, labels): return patch + 1.5");
    assertThat(TestObject.apply(transform, object).size()).isZero();
  }

  @Test
  void isWhatItsAttributesSay() {
    PythonTransform plain =
        TestPython.transform(folder, "def f(patch):\n  'Does nothing.\\n\\nMore.'");
    assertThat(plain.name()).isEqualTo("script.py:f");
    assertThat(plain.description()).isEqualTo("Does nothing.");
    assertThat(plain.channelwise()).isFalse();
    assertThat(plain.target()).isEqualTo(TransformTarget.IMAGES);
    PythonTransform attributes =
        TestPython.transform(folder, "def f(patch): pass\nf.channelwise, f.target = True, 'both'");
    assertThat(attributes.channelwise()).isTrue();
    assertThat(attributes.target()).isEqualTo(TransformTarget.BOTH);
    String decorated =
        """
        from ngff_spark import masked_transform

        @masked_transform(channelwise=True, target="labels")
        def f(patch):
            return patch
        """;
    assertThat(TestPython.transform(folder, decorated).target()).isEqualTo(TransformTarget.LABELS);
  }

  @Test
  void worksTheSameAfterJavaSerialization() throws IOException, ClassNotFoundException {
    PythonTransform transform = TestPython.transform(folder, "def f(patch): return patch + 1");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(transform);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      PythonTransform arrived = (PythonTransform) in.readObject();
      assertThat(TestObject.apply(arrived)).containsExactly(11, 21, 31, 41, 51, 61);
    }
  }

  @Test
  void hasADigestThatFollowsFromTheSourceAlone() {
    String first = TestPython.transform(folder, "def f(patch): return patch + 1").code();
    String second = TestPython.transform(folder, "def f(patch): return patch + 2").code();
    assertThat(first).hasSize(64).isNotEqualTo(second);
    assertThat(TestPython.transform(folder, "def f(patch): return patch + 1").code())
        .isEqualTo(first);
  }

  @Test
  void takesFunctionsOfModulesWhoseCodeIsThatOfTheirPackage() throws IOException {
    Path cells = Files.createDirectories(folder.resolve("modules/cells"));
    Files.writeString(cells.resolve("__init__.py"), "");
    Files.writeString(
        cells.resolve("steps.py"),
        "from . import numbers\ndef halve(patch): return patch // numbers.two\n");
    Files.writeString(cells.resolve("numbers.py"), "two = 2\n");
    PythonTransform first = inModules("cells.steps:halve");
    assertThat(first.name()).isEqualTo("cells.steps:halve");
    assertThat(TestObject.apply(first)).containsExactly(5, 10, 15, 20, 25, 30);
    assertThat(inModules("cells.steps:halve").code()).isEqualTo(first.code());
    Files.writeString(cells.resolve("numbers.py"), "two = 2 + 0\n");
    assertThat(inModules("cells.steps:halve").code()).isNotEqualTo(first.code());
  }

  @Test
  void takesTheModulesThatAFileImportsIntoItsCode() throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    Files.writeString(modules.resolve("beside.py"), "one = 1\n");
    PythonFunction function =
        TestPython.function(folder, "f", "import beside\ndef f(patch): return patch + beside.one");
    PythonTransform first = PythonTransform.load(function, withModules());
    assertThat(TestObject.apply(first)).containsExactly(11, 21, 31, 41, 51, 61);
    Files.writeString(modules.resolve("beside.py"), "one = 1 + 0\n");
    assertThat(PythonTransform.load(function, withModules()).code()).isNotEqualTo(first.code());
  }

  @Test
  void refusesToRunOtherCodeThanWasLoadedFirst() throws IOException {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    Files.writeString(modules.resolve("cells.py"), "def f(patch): return patch + 1\n");
    PythonTransform transform = inModules("cells:f");
    Files.writeString(modules.resolve("cells.py"), "def f(patch): return patch + 2\n");
    PythonTransform elsewhere = transform.with(withModules());
    assertThatThrownBy(() -> TestObject.apply(elsewhere))
        .isInstanceOf(TransformUnavailableException.class)
        .hasMessageContaining("The code of 'cells:f' is another one on host");
    assertThatThrownBy(() -> elsewhere.checkType(DataType.UINT8))
        .isInstanceOf(TransformUnavailableException.class);
  }

  private PythonTransform inModules(String name) {
    return PythonTransform.load(PythonFunction.of(name), withModules());
  }

  /** Each a setting of its own, so that a process is started for it. */
  private PythonSettings withModules() {
    List<String> paths = new ArrayList<>(List.of(folder.resolve("modules").toString()));
    paths.add("/nowhere/" + started++);
    return new PythonSettings(TestPython.interpreter(), paths, "", 0);
  }

  private List<Integer> apply(String source) {
    return TestObject.apply(TestPython.transform(folder, source));
  }

  private static List<Integer> values(Patch patch) {
    return IntStream.range(0, patch.size()).mapToObj(i -> (int) patch.value(i)).toList();
  }
}
