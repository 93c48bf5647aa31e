// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masked;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateImage;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class TransformCommandTest {
  private static final List<String> FILL =
      List.of("--label", "nuclei", "--transform", "fill", "--param", "value=7");

  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
  }

  private CommandRun fill(String... more) {
    List<String> arguments = new ArrayList<>(List.of("transform", plate.toString()));
    arguments.addAll(FILL);
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static long pixelsOf(Path image, double value) {
    Masked masked = Container.open(image.toString()).maskedImage("nuclei");
    long found = 0;
    for (long label : masked.rois().labels()) {
      var patch = masked.getRoiMasked(label);
      for (int i = 0; i < patch.size(); i++) {
        found += patch.value(i) == value ? 1 : 0;
      }
    }
    return found;
  }

  private List<String> images() {
    return Plate.open(StorePath.root(LocalStore.at(plate))).images(PlateSelection.ALL).stream()
        .map(PlateImage::name)
        .toList();
  }

  @Test
  void aPlateIsTransformedInPlace() {
    CommandRun run = fill("--in-place");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).matches("(?s)4 images transformed in [0-9.]+ s: \\d+ objects, .*");
    assertThat(run.err()).startsWith("4 images, ").contains("done: " + plate + "/B/03/0 (");
    assertThat(pixelsOf(plate.resolve("C/05/1"), 7)).isPositive();
  }

  @Test
  void theSameJobTwiceIsRefusedUnlessToldOtherwise() throws IOException {
    assertThat(fill("--in-place", "--well", "B/03").code()).isZero();
    CommandRun again = fill("--in-place", "--well", "B/03");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains("the same job was applied to it before; to apply it once more use --again");
    CommandRun resumed = fill("--in-place", "--resume");
    assertThat(resumed.code()).isZero();
    assertThat(resumed.out()).contains("2 images transformed").contains("2 done by the same job");
    assertThat(fill("--in-place", "--again").out()).contains("4 images transformed");
    CommandRun both = fill("--in-place", "--again", "--resume");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("give one");
  }

  @Test
  void siblingsAreRegisteredAndNotTakenAsInputsAgain() {
    Map<String, String> before = Folders.read(plate.resolve("B/03/0"));
    assertThat(fill("--suffix", "_x").code()).isZero();
    assertThat(images()).hasSize(8).contains("B/03/0_x", "C/05/1_x");
    assertThat(Folders.read(plate.resolve("B/03/0"))).containsExactlyEntriesOf(before);
    CommandRun again = fill("--suffix", "_x", "--overwrite");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .startsWith(
            "4 images left out, as a result of such a run: the name ends in '_x'\n"
                + "Names of images in wells have letters and digits only (NGFF 0.4, 0.5):"
                + " validators will complain of the suffix '_x'\n"
                + "4 images,");
    assertThat(images()).hasSize(8);
    CommandRun other = fill("--suffix", "_y");
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(other.err())
        .startsWith(
            "4 images left out, made from others; to take such images name them with --image\n");
    CommandRun next = fill("--suffix", "_z", "--well", "B/03", "--image", "0_x");
    assertThat(next.code()).as(next.err()).isZero();
    assertThat(images()).hasSize(13).contains("B/03/0_x_z");
    CommandRun refused = fill("--suffix", "_x");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("B/03/0_x: it exists already; replace it with --overwrite");
  }

  @Test
  void oneImageBecomesANewOne() {
    Path output = folder.resolve("new.zarr");
    CommandRun several = fill("--output", output.toString());
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err())
        .contains("One output takes one image, got 4; for several, use a suffix");
    CommandRun one = fill("--output", output.toString(), "--well", "B/03", "--image", "1");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out()).contains("in " + output);
    assertThat(Container.open(output.toString()).levels()).isEqualTo(3);
  }

  @Test
  void aDryRunSaysWhatItTakesAndTouchesNothing() throws IOException {
    Map<String, String> before = Folders.read(plate);
    CommandRun run = fill("--in-place", "--dry-run", "--well=B/03", "--image=0");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith(
            "1 image would be transformed; nothing is touched now\n  objects  12 objects, with ")
        .containsPattern("  reads    about [\\d.]+ KiB\n  writes   about [\\d.]+ KiB\n")
        .containsPattern("  tasks    1 task, each with up to \\d+ KiB of pixels\n");
    assertThat(Folders.read(plate)).isEqualTo(before);
    Files.writeString(plate.resolve("C/05/0/.zattrs"), "{}");
    CommandRun some = fill("--in-place", "--dry-run");
    assertThat(some.code()).isEqualTo(1);
    assertThat(some.out()).startsWith("3 images would be transformed");
    assertThat(some.err()).contains("1 image cannot be transformed:\n  " + plate + "/C/05/0: ");
    CommandRun none = fill("--in-place", "--dry-run", "--well=C/05", "--image=0");
    assertThat(none.code()).isEqualTo(2);
  }

  @Test
  void aBadImageDoesNotStopTheOthers() throws IOException {
    Path chunk = plate.resolve("B/03/1/0/0/0/0/0");
    Files.writeString(chunk, "no chunk");
    Map<String, String> before = Folders.read(plate.resolve("B/03/1"));
    Path manifest = folder.resolve("logs/run.jsonl");
    CommandRun run = fill("--in-place", "--manifest", manifest.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("3 images transformed");
    assertThat(run.err()).contains("1 image failed:\n  " + plate + "/B/03/1: ");
    assertThat(Folders.read(plate.resolve("B/03/1"))).containsExactlyEntriesOf(before);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(manifest)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0).path("kind").asText()).isEqualTo("run");
    assertThat(lines.get(0).path("command").asText())
        .startsWith("submit.sh transform " + plate + " --label nuclei ");
    assertThat(lines.get(0).path("options").path("label").asText()).isEqualTo("nuclei");
    assertThat(lines.get(0).path("options").path("in-place").asBoolean()).isTrue();
    assertThat(lines.get(0).path("options").path("steps"))
        .hasToString("[{\"transform\":\"fill\",\"param\":[\"value=7\"]}]");
    assertThat(lines.get(0).path("images")).hasSize(4);
    assertThat(lines.get(0).path("spark").path("options").path("spark.authenticate").asText())
        .as("nobody else on this machine may talk to a run of one process")
        .isEqualTo("true");
    assertThat(lines.subList(1, 5))
        .anySatisfy(line -> assertThat(line.path("state").asText()).isEqualTo("failed"));
    assertThat(lines).allSatisfy(ManifestLines::requireValid);
    assertThat(lines.get(5).path("images_done").asInt()).isEqualTo(3);
    assertThat(lines.get(5).path("images_failed").asInt()).isEqualTo(1);
  }

  @Test
  void wrongUsageTouchesNothing() {
    Map<String, String> before = Folders.read(plate);
    assertUsage(fill(), "exactly one of --in-place, --output URI and --suffix Name");
    assertUsage(fill("--in-place", "--suffix=_x"), "exactly one of --in-place");
    assertUsage(fill("--in-place", "--overwrite"), "--overwrite goes with --output or --suffix");
    assertUsage(fill("--in-place", "--param", "size=3"), "size");
    String inside = plate + "/B/03/0/0/0/0/0/9";
    assertUsage(fill("--in-place", "--manifest", inside), inside + " lies in " + plate);
    assertUsage(fill("--in-place", "--staging", plate + "/B"), "choose a place apart from it");
    assertUsage(
        fill("--in-place", "--staging", plate + ".ngff-spark/x"), "choose a place apart from it");
    assertUsage(fill("--in-place", "--param", "value"), "given as name=value, got 'value'");
    assertUsage(fill("--in-place", "--ids", "0"), "must be positive integers or ranges");
    assertUsage(fill("--in-place", "--ids", "1,4711"), "4711");
    assertUsage(fill("--in-place", "--zoom", "0"), "Zoom must be a positive, finite number");
    assertUsage(fill("--in-place", "--on-label", "a", "--channel", "0"), "does not go with");
    assertUsage(fill("--in-place", "--channel", "Cy5"), "No channel 'Cy5'");
    assertUsage(fill("--in-place", "--level", "9"), "level");
    assertUsage(fill("--in-place", "--table", "no"), "No table 'no'");
    assertUsage(
        CommandRun.of(
            "transform", plate.toString(), "--label=no", "--transform=invert", "--in-place"),
        "No label 'no'");
    assertUsage(
        CommandRun.of(
            "transform", plate.toString(), "--label=nuclei", "--transform=sharpen", "--in-place"),
        "No transform or class 'sharpen'; there are [affine,");
    assertThat(Folders.read(plate)).containsExactlyEntriesOf(before);
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  private static void assertUsage(CommandRun run, String message) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void aLockedImageFailsAndTheOthersAreDone() {
    RunInfo other = RunInfo.current("transform", Map.of());
    StorePath image = InputResolver.place(plate.resolve("C/05/0").toUri()).open();
    try (ImageTransaction open = ImageTransaction.begin(image, other, CommitOptions.standard())) {
      assertThat(open.stage()).isNotNull();
      CommandRun run = fill("--in-place");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("is locked by run " + other.id()).contains("wait for it");
      assertThat(pixelsOf(plate.resolve("B/03/0"), 7)).isPositive();
      assertThat(pixelsOf(plate.resolve("C/05/0"), 7)).isZero();
    }
  }

  @Test
  void aRunAllOfWhoseImagesAreLockedTouchesNothing() {
    RunInfo other = RunInfo.current("transform", Map.of());
    StorePath image = InputResolver.place(plate.resolve("C/05/0").toUri()).open();
    try (ImageTransaction open = ImageTransaction.begin(image, other, CommitOptions.standard())) {
      assertThat(open.stage()).isNotNull();
      CommandRun run = fill("--in-place", "--well=C/05", "--image=0");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("is locked by run " + other.id());
    }
  }

  @Test
  void aRunThatIsToEndWithTheFirstFailureSaysSo() throws IOException {
    Files.writeString(plate.resolve("C/05/0/.zattrs"), "{}");
    CommandRun run = fill("--in-place", "--fail-fast");
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err()).contains("C/05/0 failed (--fail-fast)");
  }
}
