// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ij.plugin.filter.BackgroundSubtracter;
import ij.plugin.filter.GaussianBlur;
import ij.plugin.filter.ThresholdToSelection;
import ij.plugin.filter.UnsharpMask;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class ImageJTransformTest {
  private static final int HEIGHT = 37;
  private static final int WIDTH = 43;
  private static final int SIZE = HEIGHT * WIDTH;
  private static final String BLUR = "run(\"Gaussian Blur...\", \"sigma=2\");";
  private static final String SUBTRACT = "run(\"Subtract Background...\", \"rolling=8\");";
  private static final String SHARPEN = "run(\"Unsharp Mask...\", \"radius=1.5 mask=0.60\");";

  @TempDir private Path folder;

  private static MaskedTransform macro(String text) {
    return Transforms.of(ImageJTransformTest.class.getClassLoader())
        .find("imagej", Map.of("macro", text));
  }

  /** A blob on two planes, a hole in its middle; the third plane is empty. */
  private static MaskedPatch object(DataType type, long seed) {
    Shape shape = Shape.of(3, HEIGHT, WIDTH);
    Axes axes = Axes.of("z", "y", "x");
    PixelSize pixel = PixelSize.of(axes, 1, 1, 1);
    Patch patch = Patch.of(NdArray.zeros(type, shape), axes, pixel, Box.whole(shape));
    Patch labels = Patch.of(NdArray.zeros(DataType.UINT16, shape), axes, pixel, Box.whole(shape));
    Random random = new Random(seed);
    int most = type == DataType.UINT8 ? 200 : 3000;
    for (int i = 0; i < patch.size(); i++) {
      patch.set(i, random.nextInt(most));
      int plane = i % SIZE;
      double distance = Math.hypot(plane / WIDTH - 18, plane % WIDTH - 20);
      if (i < 2 * SIZE && distance < 14 && distance > 3) {
        labels.set(i, 5);
      }
    }
    return MaskedPatch.of(patch, labels, 5, List.of("0"));
  }

  private static Patch applied(MaskedTransform transform, MaskedPatch object) {
    Patch result = object.patch().copy();
    transform.apply(object, result);
    return result;
  }

  private static double[] values(Patch patch) {
    double[] values = new double[patch.size()];
    patch.read(0, values.length, values, 0);
    return values;
  }

  static Stream<Arguments> macros() {
    Consumer<ImageProcessor> blur = plane -> new GaussianBlur().blurGaussian(plane, 2);
    Consumer<ImageProcessor> subtract =
        plane ->
            new BackgroundSubtracter()
                .rollingBallBackground(plane, 8, false, false, false, true, true);
    Consumer<ImageProcessor> sharpen = ImageJTransformTest::sharpen;
    return Stream.of(DataType.UINT8, DataType.UINT16, DataType.FLOAT32)
        .flatMap(
            type ->
                Stream.of(
                    Arguments.of(BLUR, type, blur),
                    Arguments.of(SUBTRACT, type, subtract),
                    Arguments.of(SHARPEN, type, sharpen)));
  }

  private static void sharpen(ImageProcessor plane) {
    FloatProcessor floats = plane.toFloat(0, null);
    floats.snapshot();
    floats.setRoi(plane.getRoi());
    new UnsharpMask().sharpenFloat(floats, 1.5, 0.6f);
    plane.setPixels(0, floats);
  }

  @ParameterizedTest
  @MethodSource("macros")
  void pixelsOfTheObjectAreThoseOfImageJAlone(
      String macro, DataType type, Consumer<ImageProcessor> alone) {
    MaskedPatch object = object(type, 1);
    Patch result = applied(macro(macro), object);
    double[] before = values(object.patch());
    double[] after = values(result);
    assertThat(after).isNotEqualTo(before);
    for (int z = 0; z < 3; z++) {
      ImageProcessor plane = plane(object, z);
      if (z < 2) {
        alone.accept(plane);
      }
      for (int i = 0; i < SIZE; i++) {
        int index = z * SIZE + i;
        double expected = object.mask().at(index) ? plane.getf(i) : before[index];
        assertThat(after[index]).as("plane %d, pixel %d", z, i).isEqualTo(expected);
      }
    }
  }

  /** A plane with the object as its selection. */
  private static ImageProcessor plane(MaskedPatch object, int z) {
    DataType type = object.patch().type();
    ImageProcessor plane =
        type == DataType.UINT8
            ? new ByteProcessor(WIDTH, HEIGHT)
            : type == DataType.UINT16
                ? new ShortProcessor(WIDTH, HEIGHT)
                : new FloatProcessor(WIDTH, HEIGHT);
    ByteProcessor mask = new ByteProcessor(WIDTH, HEIGHT);
    for (int i = 0; i < SIZE; i++) {
      plane.setf(i, (float) object.patch().value(z * SIZE + i));
      mask.set(i, object.mask().at(z * SIZE + i) ? 255 : 0);
    }
    mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
    plane.setRoi(new ThresholdToSelection().convert(mask));
    plane.snapshot();
    return plane;
  }

  @Test
  void everyCommandRunsWithoutWindows() {
    String options =
        "sigma=1 radius=1 mask=0.5 rolling=5 value=2 block_radius=1 threshold=5 which=Bright"
            + " saturated=0.35 filter_large=20 filter_small=3 suppress=None tolerance=5";
    for (String command : MacroCommands.all().keySet()) {
      String macro = "run(\"" + command + "\", \"" + options + "\");";
      if (List.of("AND...", "OR...", "XOR...").contains(command)) {
        macro = macro.replace("value=2", "value=00000011");
      }
      MaskedTransform transform = macro(macro);
      for (DataType type : List.of(DataType.UINT8, DataType.UINT16, DataType.FLOAT32)) {
        if (type == DataType.FLOAT32 && macro.contains("value=00000011")
            || type != DataType.FLOAT32 && command.equals("Remove NaNs...")) {
          continue;
        }
        assertThat(applied(transform, object(type, 2))).as(command).isNotNull();
      }
    }
  }

  @Test
  void manyThreadsGiveTheSameAsOne() {
    MaskedTransform transform =
        macro(
            SUBTRACT
                + "\nsetForegroundColor(90, 90, 90); getStatistics(area, mean);"
                + " for (i = 0; i < 5; i++) setPixel(10 + i, 20, mean);\n"
                + BLUR);
    List<double[]> one =
        IntStream.range(0, 24)
            .mapToObj(seed -> values(applied(transform, object(DataType.UINT16, seed))))
            .toList();
    List<double[]> many =
        IntStream.range(0, 24)
            .parallel()
            .mapToObj(seed -> values(applied(transform, object(DataType.UINT16, seed))))
            .toList();
    for (int i = 0; i < one.size(); i++) {
      assertThat(many.get(i)).isEqualTo(one.get(i));
    }
  }

  @Test
  void itRunsInThreadsThatAreNamedAnew() {
    MaskedTransform transform = macro(BLUR);
    Thread thread = Thread.currentThread();
    String before = thread.getName();
    try {
      for (String name : List.of("task 1", "task 2")) {
        thread.setName(name);
        assertThat(applied(transform, object(DataType.UINT8, 4))).isNotNull();
        assertThat(thread.getName()).isEqualTo(name);
      }
    } finally {
      thread.setName(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run("Smooth");;open("x.tif"); | line 2: open
          x = 1;;y = 2;;File.delete("x"); | line 3: File.delete
          run("Open...", "path=x"); | line 1: run("Open..."): not one of the commands
          /* ; */ exec("ls"); | line 2: exec
          Dialog.create("x"); | line 1: Dialog.create
          x = "exec("; run("Sm" + "ooth"); | line 1: run: the name
          setPixel(1, 1, random()); | line 1: random
          call("java.lang.System.exit", "1"); | line 1: call
          // fine: open( ;showMessage("x"); | line 2: showMessage
          x = nResults; | line 1: nResults
          """)
  void whatDoesMoreThanComputePixelsIsRefusedWithItsLine(String macro, String message) {
    String lines = macro.replace(";;", ";\n").replace("* ; *", "* \n *").replace("( ;", "( \n");
    assertThatThrownBy(() -> macro(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          x = 1; y = nope(2); | in line 1: Undefined identifier
          run("Smooth"); run("Mean...", "x=3"); | in line 1: 'Mean...' needs the option 'radius'
          exit("enough"); | failed in line 1
          makeRectangle(0, 0, 3, 3); run("Mean..."); | in line 1: 'Mean...'
          """)
  void aMacroThatFailsSaysItsLine(String macro, String message) {
    MaskedTransform transform = macro(macro);
    MaskedPatch object = object(DataType.UINT16, 1);
    assertThatThrownBy(() -> applied(transform, object)).hasMessageContaining(message);
    assertThatThrownBy(() -> applied(transform, object))
        .as("once more, with an ImageJ that is new")
        .hasMessageContaining(message);
  }

  @Test
  void theTextOfAFileIsPartOfTheRecord() throws IOException {
    Path file = Files.writeString(folder.resolve("macro.ijm"), BLUR);
    Transforms all = Transforms.of(getClass().getClassLoader());
    MaskedTransform first = all.find("imagej", Map.of("file", file.toString()));
    assertThat(first.code()).isEqualTo(macro(BLUR).code());
    Files.writeString(file, SHARPEN);
    MaskedTransform second = all.find("imagej", Map.of("file", file.toString()));
    assertThat(second.code()).isNotEqualTo(first.code());
    assertThatThrownBy(() -> all.find("imagej", Map.of()))
        .hasMessageContaining("Give one of the parameters macro and file");
  }

  @ParameterizedTest
  @EnumSource(names = {"INT32", "UINT32", "INT64"})
  void typesThatImageJHasNotAreRefused(DataType type) {
    assertThatThrownBy(() -> macro(BLUR).checkType(type)).hasMessageContaining("do not fit");
  }

  @Test
  void itTravels() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(macro(BLUR));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      MaskedTransform arrived = (MaskedTransform) in.readObject();
      MaskedPatch object = object(DataType.UINT8, 3);
      assertThat(values(applied(arrived, object))).isEqualTo(values(applied(macro(BLUR), object)));
    }
  }
}
