// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class InspectCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;

  private Path plate(NgffVersion version) throws IOException {
    return TestPlate.write(folder.toRealPath().resolve("plate.zarr"), version);
  }

  @Test
  void imagesThatAreAlikeAreShownOnce() throws IOException {
    Path plate = plate(NgffVersion.V0_4);
    CommandRun run = CommandRun.of("inspect", plate.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            %s  (plate 'sample', 2 wells)
              acquisitions  0 (sample)

              4 images alike: B/03/0, B/03/1, C/05/0, C/05/1
                image     NGFF 0.4, Zarr v2, uint16, axes c z y x, pixel size 1 x 0.1625 x 0.1625 micrometer, blosc lz4
                  level  shape              chunks           write units
                  0      2 x 1 x 128 x 160  1 x 1 x 64 x 64  12 of 8 KiB
                  1      2 x 1 x 64 x 80    1 x 1 x 64 x 64  4 of 8 KiB
                  2      2 x 1 x 32 x 40    1 x 1 x 64 x 64  2 of 8 KiB
                channels  DAPI (A01_C01), GFP (A02_C02)
                label     nuclei, 49 objects, 30.1 KiB, uint32, axes z y x, pixel size 1 x 0.1625 x 0.1625 micrometer, blosc lz4
                  level  shape          chunks       write units
                  0      1 x 128 x 160  1 x 64 x 64  6 of 16 KiB
                  1      1 x 64 x 80    1 x 64 x 64  2 of 16 KiB
                  2      1 x 32 x 40    1 x 64 x 64  1 of 16 KiB
                label     wf_2_labels, 33.6 KiB, uint32, axes z y x, pixel size 1 x 0.1625 x 0.1625 micrometer, blosc lz4
                  level  shape          chunks       write units
                  0      1 x 128 x 160  1 x 64 x 64  6 of 16 KiB
                  1      1 x 64 x 80    1 x 64 x 64  2 of 16 KiB
                  2      1 x 32 x 40    1 x 64 x 64  1 of 16 KiB
                tables    FOV_ROI_table (roi table), nuclei_ROI_table (masking roi table of nuclei)
            """
                .formatted(plate));
  }

  @Test
  void jsonHasAllOfIt() throws IOException {
    Path plate = plate(NgffVersion.V0_5);
    CommandRun run =
        CommandRun.of("inspect", "--json", "--well", "B/03", "--image=1", plate.toString());
    assertThat(run.code()).isZero();
    JsonNode input = new ObjectMapper().readTree(run.out()).path(0);
    assertThat(input.path("kind").asText()).isEqualTo("plate");
    assertThat(input.path("plate").path("wells")).hasToString("[\"B/03\",\"C/05\"]");
    assertThat(input.path("images")).hasSize(1);
    JsonNode image = input.path("images").path(0);
    assertThat(image.path("path").asText()).isEqualTo("B/03/1");
    assertThat(image.path("ngff").asText()).isEqualTo("0.5");
    assertThat(image.path("axes").path(3))
        .hasToString("{\"name\":\"x\",\"type\":\"space\",\"unit\":\"micrometer\"}");
    assertThat(image.path("levels").path(1))
        .hasToString(
            "{\"path\":\"1\",\"shape\":[2,1,64,80],\"pixel_size\":[1.0,1.0,0.325,0.325],"
                + "\"chunks\":[1,1,64,64],\"write_units\":{\"count\":4,\"bytes\":8192},"
                + "\"codecs\":[{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}},"
                + "{\"name\":\"zstd\",\"configuration\":{\"level\":0,\"checksum\":false}}]}");
    assertThat(image.path("channels").path(0).path("color").asText()).isEqualTo("0000FF");
    assertThat(image.path("labels").path(1).path("name").asText()).isEqualTo("wf_2_labels");
    assertThat(image.path("tables").path(1).path("backend").asText()).isEqualTo("anndata_v1");
  }

  @Test
  void membersThatAreDamagedAreListedAndHideNothing() throws IOException {
    Path image = plate(NgffVersion.V0_4).resolve("B/03/0");
    Files.writeString(image.resolve("labels/wf_2_labels/.zattrs"), "{}");
    Files.writeString(image.resolve("2/.zarray"), "{}");
    Files.writeString(image.resolve("tables/FOV_ROI_table/.zattrs"), "{\"type\": 5}");
    CommandRun run = CommandRun.of("inspect", image.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("label     nuclei, 12 objects, 7.4 KiB, uint32")
        .contains("label     wf_2_labels, damaged")
        .contains("damaged")
        .containsPattern("problem   2.*level 2 cannot be used")
        .containsPattern("problem   labels/wf_2_labels.*label image 'wf_2_labels' cannot be used")
        .containsPattern("problem   tables/FOV_ROI_table.*the table cannot be used");
  }

  @Test
  void aDamagedImageDoesNotHideTheOthers() throws IOException {
    Path plate = plate(NgffVersion.V0_4);
    Files.writeString(plate.resolve("B/03/1/.zattrs"), "{\"multiscales\": []}");
    CommandRun run = CommandRun.of("inspect", plate.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("3 images alike: B/03/0, C/05/0, C/05/1\n")
        .contains("\n  B/03/1\n    damaged   ");
  }

  @Test
  void theCommandThatMakesAnImageAgainIsShown() throws IOException {
    Path plate = plate(NgffVersion.V0_4);
    CommandRun made =
        SPARK.run(
            "transform",
            plate.toString(),
            "--label=nuclei",
            "--transform=affine",
            "--param=scale=0.5",
            "--param=offset@DAPI=3",
            "--transform=invert",
            "--channel=DAPI",
            "--ids=1,3-5",
            "--zoom=1.5",
            "--no-copy-tables",
            "--suffix=_x");
    assertThat(made.code()).as(made.err()).isZero();
    String options =
        " --label nuclei --channel DAPI --transform affine --param offset=0 --param offset@DAPI=3"
            + " --param scale=0.5 --transform invert --zoom 1.5 --ids 1,3-5"
            + " --suffix _x --overwrite --no-copy-tables\n";
    assertThat(CommandRun.of("inspect", plate.toString(), "--image=0_x").out())
        .contains("made by   submit.sh transform " + plate + " --image 0" + options);
    assertThat(CommandRun.of("inspect", plate.resolve("B/03/0_x").toString()).out())
        .contains("made by   submit.sh transform " + plate + "/B/03/0" + options);
    assertMadeAgain(plate, "--image=0_x");
    assertThat(CommandRun.of("inspect", plate.toString()).out()).contains("2 images alike");
  }

  @Test
  void theCommandsThatCopyProjectAndPasteAgainAreShown() throws IOException {
    Path plate = plate(NgffVersion.V0_5);
    Path copy = plate.resolveSibling("copy.zarr");
    run("convert", plate, "--format=0.4", "--to=" + copy, "--chunks=32,64", "--levels=2")
        .andShown(copy)
        .endsWith(
            "convert %s --format 0.4 --chunks 32,64 --levels 2 --to %s --overwrite"
                .formatted(plate, copy));
    assertMadeAgain(copy);
    Path image = plate.resolve("B/03/0");
    Path part = plate.resolveSibling("part.zarr");
    run("convert", image, "--format=0.5", "--to=" + part, "--crop=y=8:72", "--channels=GFP")
        .andShown(part)
        .endsWith(
            "convert %s --format 0.5 --channels GFP --crop y=8:72 --to %s --overwrite"
                .formatted(image, part));
    assertMadeAgain(part);
    run("project", image, "--method=sum", "--suffix=Sum")
        .andShown(plate.resolve("B/03/0Sum"))
        .endsWith("project " + image + " --axis z --method sum --suffix Sum --overwrite");
    assertMadeAgain(plate.resolve("B/03/0Sum"));
    Path cut = plate.resolveSibling("cut");
    run("crops", image, "--label=nuclei", "--channel=0", "--to=" + cut);
    run("paste", image, "--label=nuclei", "--from=" + cut, "--suffix=Pasted")
        .andShown(plate.resolve("B/03/0Pasted"))
        .endsWith(
            "paste %s --label nuclei --from %s --suffix Pasted --overwrite"
                .formatted(image, "file://" + cut));
    assertMadeAgain(plate.resolve("B/03/0Pasted"));
  }

  @Test
  void theCommandsThatFindObjectsAgainAreShown() throws IOException {
    Path well = plate(NgffVersion.V0_4).resolve("B/03");
    Path whole = well.resolve("0");
    run("segment", whole, "--channel=DAPI", "--method=li", "--smooth=1", "--to=spots")
        .andShown(whole)
        .isEqualTo(
            "segment %s --channel DAPI --method li --smooth 1.0 --to spots --overwrite"
                .formatted(whole));
    assertMadeAgain(whole);
    Path inside = well.resolve("1");
    String options =
        "--label nuclei --channel DAPI --ids 1-9 --method local --block 15 --offset 2.0"
            + " --min-size 3 --fill-holes --split watershed --peak-distance 3 --neighbours full"
            + " --on-error skip --to parts --table parts --backend csv";
    run("segment", inside, options.split(" "))
        .andShown(inside)
        .isEqualTo("segment %s %s --overwrite".formatted(inside, options));
    assertMadeAgain(inside);
  }

  @Test
  void aCommandNamesTheJarsOfItsCodeAndNoneIsShownForCodeThatLiesInNone() throws IOException {
    Path image = plate(NgffVersion.V0_4).resolve("B/03/0");
    String job = "{'source': '.', 'label': 'nuclei', 'transform': 'Mine', 'code': 'a1'}";
    addJob(image, "'job': " + job + ", 'besides': {'jars': ['b.jar', 'c.jar']}");
    assertThat(shown(image)).startsWith("--jars b.jar,c.jar -- transform " + image);
    addJob(image, "'job': " + job);
    assertThat(CommandRun.of("inspect", image.toString()).out())
        .contains("made by   " + job.replace("'", "\"").replace(" ", ""));
  }

  private static void addJob(Path image, String fields) throws IOException {
    Path attributes = image.resolve(".zattrs");
    ObjectNode changed = (ObjectNode) new ObjectMapper().readTree(attributes.toFile());
    String jobs = "{'jobs': [{" + fields + ", 'version': '1', 'input': '', 'result': ''}]}";
    changed.set("ngff-spark", new ObjectMapper().readTree(jobs.replace("'", "\"")));
    Files.writeString(attributes, changed.toString());
  }

  private static CommandShown run(String command, Path input, String... options) {
    List<String> words = new ArrayList<>(List.of(command, input.toString()));
    words.addAll(List.of(options));
    CommandRun run = SPARK.run(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return made -> assertThat(shown(made));
  }

  /** After a command: what is shown of an image that it has made. */
  @FunctionalInterface
  private interface CommandShown {
    AbstractStringAssert<?> andShown(Path made);
  }

  /** The command that inspect shows. */
  private static String shown(Path input, String... options) {
    List<String> words = new ArrayList<>(List.of("inspect", input.toString()));
    words.addAll(List.of(options));
    String text = CommandRun.of(words.toArray(String[]::new)).out();
    Matcher line = Pattern.compile("made by   submit.sh (.*)").matcher(text);
    assertThat(line.find()).as(text).isTrue();
    return line.group(1);
  }

  /** The command that is shown leaves each byte as it was, though it writes the image anew. */
  private static void assertMadeAgain(Path input, String... options) {
    Map<String, String> before = Folders.read(input);
    CommandRun again = SPARK.run(shown(input, options).split(" "));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).doesNotContain("done by the same job before");
    assertThat(Folders.read(input)).isEqualTo(before);
  }

  @Test
  void rowsThatDoNotGoWithTheirLabelImageAreShown() throws IOException {
    Path image = plate(NgffVersion.V0_4).resolve("B/03/0");
    Container container = Container.open(image.toString());
    MaskingRoiTableBuilder rows = MaskingRoiTable.builder();
    Map<AxisName, Interval> far =
        Map.of(AxisName.Y, Interval.of(9000, 5), AxisName.X, Interval.of(9000, 5));
    rows.add(new Roi(Optional.empty(), Optional.of(77L), far));
    container.tables().delete("nuclei_ROI_table");
    container.tables().write("nuclei_ROI_table", rows.build(), "nuclei", WritableBackend.CSV);
    assertThat(CommandRun.of("inspect", image.toString()).out())
        .contains("label     nuclei, 1 object, ")
        .contains("\n      table     1 row outside the label image: 77\n");
  }

  @ParameterizedTest
  @EnumSource(NgffVersion.class)
  void whatThisProgramWritesIsAsTheSchemasAsk(NgffVersion version) throws IOException {
    Path image = folder.resolve("image.zarr");
    SampleLayout layout = new SampleLayout(version, 2, 2, Shape.of(64, 64), Optional.empty());
    SamplePlate.write(
        StorePath.root(LocalStore.at(image)),
        layout,
        List.of("B/03"),
        1,
        new CellParameters(7, 96, 96, 5, 96, 96));
    CommandRun run = CommandRun.of("inspect", "--validate", image.toString());
    assertThat(run.out()).doesNotContain("breach");
    assertThat(run.code()).isZero();
  }

  @Test
  void whatIsNotAsTheSchemasAskIsNamed() throws IOException {
    Path plate = plate(NgffVersion.V0_5);
    replace(plate.resolve("zarr.json"), "\"rowIndex\"", "\"row\"");
    replace(plate.resolve("B/03/zarr.json"), "\"version\"", "\"edition\"");
    replace(
        plate.resolve("B/03/1/labels/nuclei/zarr.json"),
        "\"image-label\":{",
        "\"image-label\":{\"colors\":[{\"rgba\":[1]}],");
    CommandRun run = CommandRun.of("inspect", "--validate", plate.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("/plate.zarr /ome/plate/wells/0: required property 'rowIndex' not found")
        .contains("/plate.zarr/B/03 /ome: version is ''")
        .contains(
            "/B/03/1/labels/nuclei /ome/image-label/colors/0: required property 'label-value'");
    assertThat(CommandRun.of("inspect", plate.toString()).out()).doesNotContain("breach");
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String before = Files.readString(file).replaceAll("\\s*([:{])\\s*", "$1");
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, by));
  }

  @Test
  void anUnfinishedRunIsShown() throws IOException {
    Path plate = plate(NgffVersion.V0_4);
    RunInfo run = RunInfo.current("transform", Map.of());
    ImageRef image = InputResolver.place(plate.resolve("C/05/1").toUri());
    try (ImageTransaction open =
        ImageTransaction.begin(image.open(), run, CommitOptions.standard())) {
      assertThat(open.stage()).isNotNull();
      assertThat(CommandRun.of("inspect", plate.toString()).out())
          .contains("\n  C/05/1\n    unfinished run " + run.id())
          .contains("is at work")
          .contains("3 images alike: B/03/0, B/03/1, C/05/0\n");
    }
    assertThat(CommandRun.of("inspect", plate.toString()).out()).contains("4 images alike");
  }

  @Test
  void whatIsNoImageIsWrongInput() {
    CommandRun run = CommandRun.of("inspect", folder.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("submit.sh: ").contains("there is no Zarr group");
    assertThat(CommandRun.of("inspect").err())
        .isEqualTo("submit.sh: No INPUT; give an image, a plate or a well\n");
  }
}
