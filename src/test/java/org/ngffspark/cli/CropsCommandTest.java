// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.Masked;
import org.ngffspark.image.Patch;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.StringArray;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class CropsCommandTest {
  @TempDir private static Path folder;
  private static Path plate;

  @BeforeAll
  static void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
  }

  private static CommandRun crops(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("crops"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static void assertHolds(Path file, Patch expected) throws IOException {
    NdArray read = NpyFile.read(file);
    assertThat(read.type()).isEqualTo(expected.type());
    assertThat(read.shape()).isEqualTo(expected.shape());
    assertThat(read.bytes()).isEqualTo(expected.pixels().bytes());
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void everyObjectOfAPlateIsAFile() throws IOException {
    Path to = folder.resolve("all");
    CommandRun run = crops(plate.toString(), "--label", "nuclei", "--to", to.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("4 images cut in ").contains(" in " + to.toRealPath() + "/");
    int expected = 0;
    for (String name : List.of("B/03/0", "B/03/1", "C/05/0", "C/05/1")) {
      Masked image = Container.open(plate.resolve(name).toString()).maskedImage("nuclei");
      for (long label : image.rois().labels()) {
        assertHolds(to.resolve(name).resolve(label + ".npy"), image.getRoi(label));
        expected++;
      }
    }
    assertThat(files(to)).hasSize(expected + 2 * 4).contains("B/03/1/index.csv");
  }

  @Test
  void masksZoomsChannelsAndIdsAreThoseOfTheLibrary() throws IOException {
    Path image = plate.resolve("B/03/1");
    Path to = folder.resolve("some");
    CommandRun run =
        crops(
            image.toString(),
            "--label=nuclei",
            "--masked",
            "--zoom=1.5",
            "--channel=GFP",
            "--ids=2,4",
            "--level=1",
            "--to=" + to);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(files(to)).containsExactly("2.npy", "4.npy", "crops.json", "index.csv");
    Masked masked =
        Container.open(image.toString()).maskedImage(org.ngffspark.image.Masking.by("nuclei"), 1);
    for (long label : List.of(2L, 4L)) {
      assertHolds(to.resolve(label + ".npy"), masked.zoom(1.5).channels("GFP").getRoiMasked(label));
    }
  }

  @Test
  void labelsWithoutATableAreFoundInTheLabelImage() throws IOException {
    Path image = plate.resolve("C/05/0");
    Path to = folder.resolve("bodies");
    CommandRun run =
        crops(
            image.toString(), "--label=wf_2_labels", "--on-label=nuclei", "--masked", "--to=" + to);
    assertThat(run.code()).as(run.err()).isZero();
    var masked = Container.open(image.toString()).maskedLabel("nuclei", "wf_2_labels");
    assertThat(files(to)).hasSize(masked.rois().size() + 2);
    for (long label : masked.rois().labels()) {
      assertHolds(to.resolve(label + ".npy"), masked.getRoiMasked(label));
    }
  }

  @Test
  void exactPicturesHaveOnePlane() throws IOException {
    Path to = folder.resolve("pictures");
    CommandRun run =
        crops(
            plate.resolve("B/03/0").toString(),
            "--label=nuclei",
            "--format=png",
            "--exact",
            "--ids=3",
            "--to=" + to);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(files(to)).containsExactly("3_c0.png", "3_c1.png", "crops.json", "index.csv");
  }

  @Test
  void picturesForPeopleAreLargeAndBrightAndShareTheirContrast() throws IOException {
    Path to = folder.resolve("drawn");
    CommandRun run =
        crops(
            plate.resolve("B/03/0").toString(),
            "--label=nuclei",
            "--format=png",
            "--scale=3",
            "--contrast=100,1100",
            "--channel=DAPI",
            "--outline",
            "--sheet",
            "--to=" + to);
    assertThat(run.code()).as(run.err()).isZero();
    Masked image =
        Container.open(plate.resolve("B/03/0").toString()).maskedImage("nuclei").channels("DAPI");
    assertThat(files(to)).hasSize(image.rois().size() + 2).contains("sheet.png");
    for (long label : image.rois().labels()) {
      Patch patch = image.getRoi(label);
      BufferedImage picture = ImageIO.read(to.resolve(label + ".png").toFile());
      int width = patch.length(AxisName.X);
      assertThat(picture.getWidth()).isEqualTo(3 * width);
      assertThat(picture.getHeight()).isEqualTo(3 * patch.length(AxisName.Y));
      for (int i = 0; i < patch.size(); i++) {
        // The middle of the square that a pixel has become: outlines are drawn at its sides.
        int rgb = picture.getRGB(3 * (i % width) + 1, 3 * (i / width) + 1) & 0xff;
        double share = Math.max(0, Math.min(1, (patch.value(i) - 100) / 1000));
        assertThat(rgb).isEqualTo((int) Math.round(255 * share));
      }
    }
  }

  @Test
  void compositesHaveTheColoursOfTheChannelsAndOutlines() throws IOException {
    Path to = folder.resolve("composite");
    CommandRun run =
        crops(
            plate.resolve("B/03/0").toString(),
            "--label=nuclei",
            "--ids=2",
            "--format=png",
            "--composite",
            "--outline",
            "--to=" + to);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(files(to)).containsExactly("2.png", "crops.json");
    BufferedImage picture = ImageIO.read(to.resolve("2.png").toFile());
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    assertThat(pixels).contains(0xffffd400);
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(50);
  }

  @Test
  void optionsOfPicturesGoWithPictures() {
    for (String option : List.of("--scale=2", "--sheet", "--exact")) {
      CommandRun run = crops(plate.toString(), "--label=nuclei", option, "--to=" + folder);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("go with --format png");
    }
    CommandRun run =
        crops(plate.toString(), "--label=nuclei", "--format=png", "--scale=33", "--to=" + folder);
    assertThat(run.err()).contains("--scale is 1 to 32, got 33");
  }

  @Test
  void wrongUsageWritesNothing() {
    String to = "--to=" + folder.resolve("nothing");
    CommandRun label = crops(plate.toString(), "--label=no", to);
    assertThat(label.code()).isEqualTo(2);
    assertThat(label.err()).contains("No label 'no'").contains("(and 3 images more)");
    assertThat(crops(plate.toString(), "--label=nuclei", to, "--zoom=-1").err())
        .contains("Zoom must be a positive");
    assertThat(crops(plate.toString(), "--label=nuclei", to, "--format=jpeg").code()).isEqualTo(2);
    assertThat(crops(plate.toString(), "--label=nuclei").err()).contains("--to=DIR");
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void aMasterThatDoesNotAnswerIsNotTheImagesFault() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    String before = System.setProperty("spark.master", "spark://127.0.0.1:" + port);
    try {
      CommandRun run = crops(plate.toString(), "--label=nuclei", "--to=" + folder.resolve("never"));
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo("submit.sh: No Spark master answers at spark://127.0.0.1:" + port + "\n");
      assertThat(folder.resolve("never")).doesNotExist();
    } finally {
      restore(before);
    }
  }

  @Test
  void pixelsThatNoPictureHoldsAreRefusedBeforeSparkStarts() throws IOException {
    Path image = TestPlate.write(folder.resolve("floats.zarr"), NgffVersion.V0_5).resolve("B/03/0");
    for (int level = 0; level < 3; level++) {
      Path metadata = image.resolve(level + "/zarr.json");
      Files.writeString(metadata, Files.readString(metadata).replace("uint16", "float32"));
    }
    String before = System.setProperty("spark.master", "nowhere");
    try {
      CommandRun run =
          crops(
              image.toString(),
              "--label=nuclei",
              "--format=png",
              "--exact",
              "--to=" + folder.resolve("no"));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .contains(image + ": PNG files hold whole numbers, and the pixels are float32")
          .contains("--format npy");
    } finally {
      restore(before);
    }
  }

  private static void restore(String master) {
    if (master == null) {
      System.clearProperty("spark.master");
    } else {
      System.setProperty("spark.master", master);
    }
  }

  @Test
  void aSetForTrainingHasArraysOfOneSize() {
    Path set = folder.resolve("set.zarr");
    String[] words = {
      plate.toString(), "--label=nuclei", "--format=zarr", "--size=90,100", "--to=" + set
    };
    CommandRun run = crops(words);
    assertThat(run.code()).as(run.err()).isZero();
    Path image = plate.resolve("B/03/1");
    Masked masked = Container.open(image.toString()).maskedImage("nuclei");
    List<Long> labels = Arrays.stream(masked.rois().labels()).boxed().sorted().toList();
    StorePath group = StorePath.root(LocalStore.at(set));
    List<String> images = StringArray.open(group.child("images"), ZarrFormat.V3).read();
    int first = images.indexOf(image.toString());
    assertThat(Collections.frequency(images, image.toString())).isEqualTo(labels.size());
    assertThat(StringArray.open(group.child("plates"), ZarrFormat.V3).read())
        .containsOnly("plate.zarr");
    assertThat(StringArray.open(group.child("wells"), ZarrFormat.V3).read().get(first))
        .isEqualTo("B/03");
    ZarrArray pixels = ZarrArray.open(group.child("pixels"));
    assertThat(pixels.shape()).isEqualTo(Shape.of(images.size(), 2, 1, 90, 100));
    assertThat(pixels.chunks().chunk()).isEqualTo(Shape.of(1, 2, 1, 90, 100));
    NdArray ids = array(set, "labels");
    NdArray boxes = array(set, "boxes");
    NdArray masks = array(set, "masks");
    for (int i = 0; i < labels.size(); i++) {
      int row = first + i;
      assertThat(ids.buffer().getLong(row * Long.BYTES)).isEqualTo(labels.get(i));
      Patch expected = masked.getRoi(labels.get(i));
      long height = expected.shape().get(2);
      long width = expected.shape().get(3);
      long top = (90 - height) / 2;
      long left = (100 - width) / 2;
      long[] start = {row, 0, 0, top, left};
      Box place = Box.of(start, new long[] {row + 1, 2, 1, top + height, left + width});
      assertThat(pixels.read(place).bytes()).isEqualTo(expected.pixels().bytes());
      assertThat(boxes.buffer().getLong((8 * row + 2) * Long.BYTES))
          .isEqualTo(expected.box().start(2));
      assertThat(boxes.buffer().getLong((8 * row + 7) * Long.BYTES))
          .isEqualTo(expected.box().stop(3));
    }
    assertThat(masks.shape()).isEqualTo(Shape.of(images.size(), 1, 90, 100));
    String[] more = Arrays.copyOf(words, words.length + 1);
    more[words.length] = "--resume";
    CommandRun again = crops(more);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("done by the same job before");
  }

  private static NdArray array(Path group, String name) {
    ZarrArray array = ZarrArray.open(StorePath.root(LocalStore.at(group)).child(name));
    return array.read(Box.whole(array.shape()));
  }

  @Test
  void objectsThatAreLargerThanTheSizeAreNamed() {
    String image = plate.resolve("B/03/0").toString();
    LabelBoxes all = Container.open(image).label("nuclei").boxes();
    int[] sides =
        IntStream.range(0, all.size())
            .map(i -> (int) Arrays.stream(all.boxAt(i).shape().toArray()).max().orElseThrow())
            .toArray();
    int size = (int) Arrays.stream(sides).average().orElseThrow();
    Path set = folder.resolve("small.zarr");
    String[] words = {
      image, "--label=nuclei", "--format=zarr", "--size=" + size + "," + size, "--to=" + set
    };
    CommandRun run = crops(words);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .containsPattern("object \\d+: its box")
        .contains("give a larger --size")
        .contains("--on-error");
    String[] more = Arrays.copyOf(words, words.length + 1);
    more[words.length] = "--on-error=skip";
    CommandRun some = crops(more);
    assertThat(some.code()).as(some.err()).isZero();
    long[] fitting =
        IntStream.range(0, sides.length)
            .filter(i -> sides[i] <= size)
            .mapToLong(i -> all.labels()[i])
            .toArray();
    assertThat(fitting).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(array(set, "labels").buffer().asLongBuffer().remaining()).isEqualTo(fitting.length);
    for (int i = 0; i < fitting.length; i++) {
      assertThat(array(set, "labels").buffer().getLong(8 * i)).isEqualTo(fitting[i]);
    }
  }
}
