// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.PastedFiles;
import org.ngffspark.crops.TestFiles;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;

/** Objects that are cut out, changed as files and put back, against the transform that does it. */
class PasteRunTest {
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;

  static Stream<Arguments> images() {
    return Stream.of(
        Arguments.of("v2", JobImage.plane()),
        Arguments.of("v3", JobImage.plane().version(NgffVersion.V0_5)),
        Arguments.of("v3, sharded", JobImage.plane().version(NgffVersion.V0_5).shards(2, 32, 40)),
        Arguments.of(
            "3D",
            JobImage.plane().axes("c", "z", "y", "x").shape(2, 3, 64, 80).chunks(1, 2, 16, 20)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void filesGiveWhatTheTransformGivesInOneTaskAndInMany(String name, JobImage form)
      throws IOException {
    Path original = folder.resolve("original.zarr");
    form.label(LabelImage.dense(JobImage.NUCLEI, 12)).write(original);
    ImageRef image = new ImageRef(original.toUri(), "");
    Path cut = folder.resolve("cut");
    spark.run(
        new CropTask(
            SpecBuilder.on(JobImage.NUCLEI).zoom(1.4).build().objects(),
            PixelTarget.image(),
            CropTask.Around.KEPT,
            CropFormat.NPY,
            OnError.FAIL,
            cut.toUri(),
            Map.of(image, "")),
        RunSettings.of("test"),
        1,
        image);
    halve(cut);
    Path wanted = Folders.copy(original, folder.resolve("wanted.zarr"));
    spark.change(
        wanted,
        SpecBuilder.on(JobImage.NUCLEI).zoom(1.4).transform("affine", "scale", "0.5").build(),
        1);
    for (int tiles : new int[] {1, 4}) {
      Path pasted = Folders.copy(original, folder.resolve("pasted" + tiles + ".zarr"));
      ImageRef ref = new ImageRef(pasted.toUri(), "");
      PastedFiles files = PastedFiles.in(cut.toUri(), Map.of(ref, ""), Optional.empty());
      spark.change(
          pasted,
          TransformSpec.on(JobImage.NUCLEI)
              .with(files.transform(), "paste", Map.of("files", files.fingerprint()))
              .objects(files.cut().choice(files.ids()))
              .pixels(files.cut().pixels())
              .build(),
          tiles);
      assertThat(Folders.pixels(pasted)).isEqualTo(Folders.pixels(wanted));
    }
    assertThat(Folders.pixels(wanted)).isNotEqualTo(Folders.pixels(original));
  }

  /** Halves all values, which become doubles. */
  private static void halve(Path cut) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(cut)) {
      files = all.filter(file -> file.toString().endsWith(".npy")).toList();
    }
    assertThat(files).hasSize(12);
    for (Path file : files) {
      NdArray before = NpyFile.read(file);
      NdArray after = NdArray.zeros(DataType.FLOAT64, before.shape());
      Elements from = Elements.of(before.type());
      for (int i = 0; i < before.shape().elements(); i++) {
        double half = from.value(before.bytes(), i) / 2;
        Elements.of(DataType.FLOAT64).set(after.bytes(), i, half);
      }
      Files.write(file, TestFiles.npy(after));
    }
  }
}
