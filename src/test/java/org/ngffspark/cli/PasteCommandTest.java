// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.crops.TestFiles;
import org.ngffspark.golden.Folders;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;

class PasteCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path plate;
  private Path cut;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
    cut = folder.resolve("cut");
  }

  private static CommandRun run(Object... arguments) {
    return SPARK.run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }

  private static void done(Object... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private void refused(String message, Object... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Halves the values of a file of numpy, which become doubles. */
  private static void halve(Path file) throws IOException {
    NdArray before = NpyFile.read(file);
    Elements from = Elements.of(before.type());
    Elements to = Elements.of(DataType.FLOAT64);
    NdArray after = NdArray.zeros(DataType.FLOAT64, before.shape());
    for (int i = 0; i < before.shape().elements(); i++) {
      to.set(after.bytes(), i, from.value(before.bytes(), i) / 2);
    }
    Files.write(file, TestFiles.npy(after));
  }

  private static Map<String, String> chunks(Path image) {
    Map<String, String> chunks = Folders.read(image);
    chunks.keySet().removeIf(name -> name.matches("(.*/)?\\.z[a-z]+"));
    assertThat(chunks).isNotEmpty();
    return chunks;
  }

  @Test
  void filesThatAProgramHasChangedGiveWhatTheSameTransformGives() throws IOException {
    Path well = plate.resolve("B/03");
    done("crops", well, "--label=nuclei", "--zoom=1.3", "--channel=1", "--to=" + cut);
    for (Path file : files(cut)) {
      if (file.toString().endsWith(".npy")) {
        halve(file);
      }
    }
    done(
        "paste",
        well,
        "--label=nuclei",
        "--from=" + cut,
        "--suffix=_pasted",
        "--image=0",
        "--image=1");
    done(
        "transform",
        well,
        "--label=nuclei",
        "--zoom=1.3",
        "--channel=1",
        "--transform=affine",
        "--param=scale=0.5",
        "--suffix=_halved",
        "--image=0",
        "--image=1");
    assertThat(chunks(well.resolve("0_pasted"))).isEqualTo(chunks(well.resolve("0_halved")));
    assertThat(chunks(well.resolve("1_pasted"))).isEqualTo(chunks(well.resolve("1_halved")));
  }

  @Test
  void picturesOfLevelsAndArraysOfLabelsGoBackWhereTheyWere() throws IOException {
    Path image = plate.resolve("C/05/0");
    Map<String, String> before = chunks(image);
    done(
        "crops",
        image,
        "--label=nuclei",
        "--format=png",
        "--exact",
        "--ids=2,4",
        "--level=1",
        "--to=" + cut);
    CommandRun pictures =
        run("paste", image, "--label=nuclei", "--from=" + cut, "--in-place", "--no-pyramid");
    assertThat(pictures.code()).as(pictures.err()).isZero();
    assertThat(pictures.out()).startsWith("1 image changed in").contains(": 2 objects");
    done(
        "crops",
        image,
        "--label=wf_2_labels",
        "--on-label=nuclei",
        "--to=" + folder.resolve("ids"));
    done("paste", image, "--label=wf_2_labels", "--from=" + folder.resolve("ids"), "--in-place");
    assertThat(chunks(image)).isEqualTo(before);
    Path stacks = folder.resolve("stacks");
    done("crops", image, "--label=nuclei", "--format=tiff", "--ids=1-3", "--to=" + stacks);
    done("paste", image, "--label=nuclei", "--from=" + stacks, "--in-place", "--no-pyramid");
    assertThat(chunks(image)).isEqualTo(before);
  }

  @Test
  void filesThatDoNotFitAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path image = plate.resolve("B/03/1");
    Map<String, String> before = chunks(image);
    Object[] paste = {"paste", image, "--label=nuclei", "--from=" + cut, "--in-place"};
    refused("index.csv; crops writes it beside its files", paste);
    done("crops", image, "--label=nuclei", "--masked", "--ids=2,4", "--to=" + cut);
    refused(
        "were cut by label 'nuclei', not 'wf_2_labels'",
        "paste",
        image,
        "--label=wf_2_labels",
        "--from=" + cut,
        "--in-place");
    refused(
        "were cut with --masked",
        "paste",
        image,
        "--label=nuclei",
        "--from=" + cut,
        "--in-place",
        "--unmasked");
    Files.copy(cut.resolve("2.npy"), cut.resolve("77.npy"));
    refused("77.npy is of no object in index.csv", paste);
    Files.delete(cut.resolve("77.npy"));
    Files.move(cut.resolve("4.npy"), cut.resolve("4.bak"));
    refused("4.npy, though its object is in index.csv", paste);
    Files.copy(cut.resolve("2.npy"), cut.resolve("4.npy"));
    CommandRun shape = run(paste);
    assertThat(shape.code()).as(shape.err()).isEqualTo(1);
    assertThat(shape.err()).contains("object 4: ").contains("4.npy").contains("its shape is");
    assertThat(chunks(image)).isEqualTo(before);
  }
}
