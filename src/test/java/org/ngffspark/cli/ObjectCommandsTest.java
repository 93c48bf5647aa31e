// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.measure.FeatureColumn;
import org.ngffspark.measure.MeasuredImage;
import org.ngffspark.measure.MeasuredObject;
import org.ngffspark.measure.ObjectFeatures;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.segment.ObjectFinder;
import org.ngffspark.transform.MaskedTransform;

/** What the commands that work on objects have in common. */
class ObjectCommandsTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path plate;
  private Path manifest;

  /** A command, how it is done, and how it is done so that object 3 fails. */
  private enum Command {
    MEASURE("--label=nuclei --table=made", "--own=" + FailingFeatures.class.getName()),
    SEGMENT("--label=nuclei --channel=DAPI --to=made", "--finder=" + FailingFinder.class.getName()),
    TRANSFORM("--label=nuclei --in-place", "--transform=" + FailingTransform.class.getName()),
    CROPS("--label=nuclei --to=DIR/made", "--table=lacking"),
    ROIS("--label=nuclei --table=made", "");

    private final String options;
    private final String failing;

    Command(String options, String failing) {
      this.options = options;
      this.failing = failing;
    }

    private String working() {
      return switch (this) {
        case SEGMENT -> " --method=otsu";
        case TRANSFORM -> " --transform=invert";
        case MEASURE, CROPS, ROIS -> "";
      };
    }
  }

  private static void require(long label) {
    if (label == 3) {
      throw new IllegalStateException("three is too many");
    }
  }

  /** Measures all objects but 3. */
  public static final class FailingFeatures implements ObjectFeatures {
    private static final long serialVersionUID = 1L;

    @Override
    public List<FeatureColumn> columns(MeasuredImage image) {
      return List.of(FeatureColumn.number("own"));
    }

    @Override
    public double[] measure(MeasuredObject object) {
      require(object.label());
      return new double[] {object.label()};
    }
  }

  /** Finds all objects but 3. */
  public static final class FailingFinder implements ObjectFinder {
    private static final long serialVersionUID = 1L;

    @Override
    public void find(MaskedPatch object, Patch result) {
      require(object.label());
      result.update(any -> 1);
    }
  }

  /** Changes all objects but 3. */
  public static final class FailingTransform implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(MaskedPatch object, Patch result) {
      require(object.label());
      result.update(value -> value / 2);
    }
  }

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
    manifest = plate.resolveSibling("run.jsonl");
  }

  private Stream<String> options(String texts) {
    return Arrays.stream(texts.replace("DIR", plate.getParent().toString()).split(" "));
  }

  private CommandRun run(Command command, Stream<String> options) {
    return SPARK.run(
        Stream.concat(Stream.of(command.name().toLowerCase(Locale.ROOT)), options)
            .toArray(String[]::new));
  }

  /** The lines of the images of the run before, by their paths in the plate. */
  private Map<String, JsonNode> images() throws IOException {
    Map<String, JsonNode> images =
        ManifestLines.read(manifest).stream()
            .filter(line -> line.path("kind").asText().equals("image"))
            .collect(
                Collectors.toMap(
                    line -> line.path("input").asText().substring(plate.toString().length() + 1),
                    line -> line));
    Files.delete(manifest);
    return images;
  }

  @ParameterizedTest
  @EnumSource
  void aJobFileChoosesIdsAndWellsADryRunWritesNothingAndARunThatResumesGoesOn(Command command)
      throws IOException {
    Path job = plate.resolveSibling("job.yaml");
    String options = command.options + command.working();
    Files.writeString(
        job,
        options(options + " --well=B/03 --ids=2,4-6 --on-error=skip --manifest=DIR/run.jsonl")
                .map(option -> option.contains("=") ? option : option + "=true")
                .map(option -> option.substring(2).replaceFirst("=", ": ").concat("\n"))
                .collect(Collectors.joining())
            + "inputs: "
            + plate);
    Map<String, String> before = Folders.read(folder);
    CommandRun dry = run(command, Stream.of("--job=" + job, "--dry-run"));
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("2 images");
    assertThat(Folders.read(folder)).isEqualTo(before);
    CommandRun some = run(command, Stream.of("--job=" + job));
    assertThat(some.code()).as(some.err()).isZero();
    assertThat(images())
        .containsOnlyKeys("B/03/0", "B/03/1")
        .allSatisfy((image, line) -> assertThat(line.path("objects").asLong()).isEqualTo(4));
    Map<String, String> done = Folders.read(plate.resolve("B"));
    CommandRun all =
        run(command, Stream.of("--job=" + job, "--well=B/03", "--well=C/05", "--resume"));
    assertThat(all.code()).as(all.err()).isZero();
    assertThat(all.out()).contains("2 done by the same job before");
    assertThat(images())
        .hasSize(4)
        .allSatisfy(
            (image, line) ->
                assertThat(line.path("state").asText())
                    .isEqualTo(image.startsWith("B") ? "skipped" : "done"));
    assertThat(Folders.read(plate.resolve("B"))).isEqualTo(done);
  }

  /** Boxes follow from the label image: there no object fails by itself. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROIS")
  void anObjectThatFailsEndsItsImageOrIsLeftOutAndListed(Command command) throws IOException {
    Path image = plate.resolve("B/03/0");
    if (command == Command.CROPS) {
      makeLackingTable(image);
    }
    Map<String, String> before = Folders.read(plate);
    String options = command.options + " " + command.failing + " " + image;
    CommandRun strict = run(command, options(options));
    assertThat(strict.code()).isIn(1, 2);
    assertThat(strict.err()).contains("object 3: ");
    assertThat(Folders.read(plate)).isEqualTo(before);
    CommandRun lenient = run(command, options(options + " --on-error=skip --manifest=" + manifest));
    assertThat(lenient.code()).as(lenient.err()).isZero();
    assertThat(lenient.out()).contains("1 object");
    JsonNode line = images().get("B/03/0");
    ManifestLines.requireValid(line);
    assertThat(line.path("skipped_objects")).hasSize(1);
    assertThat(line.path("skipped_objects").get(0).path("label").asLong()).isEqualTo(3);
    assertThat(line.path("objects").asLong()).isGreaterThan(1);
  }

  /** The boxes of all objects, but the place of 3 along x. */
  private void makeLackingTable(Path image) throws IOException {
    CommandRun boxes =
        run(
            Command.ROIS,
            Stream.of("--label=nuclei", "--table=lacking", "--backend=csv", image.toString()));
    assertThat(boxes.code()).as(boxes.err()).isZero();
    Path file = image.resolve("tables/lacking/table.csv");
    String whole = Files.readString(file);
    String lacking = whole.replaceFirst("(?m)^3,[^,]*,", "3,,");
    assertThat(lacking).isNotEqualTo(whole);
    Files.writeString(file, lacking);
  }
}
