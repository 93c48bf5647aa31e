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
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.Column;
import org.ngffspark.table.FeatureTable;

class MeasureCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
  }

  private CommandRun measure(String... more) {
    return SPARK.run(
        Stream.concat(Stream.of("measure", plate.toString(), "--label=nuclei"), Stream.of(more))
            .toArray(String[]::new));
  }

  private FeatureTable table(String image, String name) {
    return Container.open(plate.resolve(image).toString()).tables().featureTable(name);
  }

  private static List<String> names(FeatureTable table) {
    return table.features().stream().map(Column::name).toList();
  }

  @Test
  void everyImageOfAPlateGetsARowForEachObject() {
    CommandRun run = measure();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("4 images measured in ");
    for (String image : List.of("B/03/0", "B/03/1", "C/05/0", "C/05/1")) {
      FeatureTable table = table(image, "nuclei_features");
      LabelBoxes boxes = Container.open(plate.resolve(image).toString()).label("nuclei").boxes();
      assertThat(table.labels().toArray()).isEqualTo(boxes.labels());
      assertThat(names(table)).contains("area", "perimeter", "intensity_mean-DAPI", "region");
    }
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void featuresChannelsIdsBackendAndNameAreChosen() {
    CommandRun run =
        measure(
            "--features=area,intensity_max,nearest_distance",
            "--channel=DAPI",
            "--ids=2,4-6",
            "--table=some",
            "--backend=parquet",
            "--well=B/03",
            "--image=0");
    assertThat(run.code()).as(run.err()).isZero();
    FeatureTable table = table("B/03/0", "some");
    assertThat(table.labels().toArray()).containsExactly(2, 4, 5, 6);
    assertThat(names(table))
        .containsExactly("area", "intensity_max-DAPI", "nearest_distance", "region");
    assertThat(plate.resolve("B/03/0/tables/some/table.parquet")).exists();
    assertThat(plate.resolve("C/05/0/tables/some")).doesNotExist();
  }

  @Test
  void whatIsDoneIsPassedOverAndATableThatIsThereIsKept() throws IOException {
    assertThat(measure("--well=B/03").code()).isZero();
    CommandRun resumed = measure("--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("2 images measured").contains("2 ");
    Map<String, String> before = Folders.read(plate);
    CommandRun refused = measure("--features=area");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("table 'nuclei_features'").contains("--overwrite");
    assertThat(Folders.read(plate)).isEqualTo(before);
    assertThat(measure("--features=area", "--overwrite").code()).isZero();
    assertThat(names(table("C/05/1", "nuclei_features"))).containsExactly("area", "region");
  }

  @Test
  void tablesOfAllImagesAreExportedAsOneDataSet() throws IOException {
    Path export = folder.toRealPath().resolve("features");
    assertThat(measure("--export=" + export).code()).isZero();
    Map<String, String> files = Folders.read(export);
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(
            "plate=plate.zarr/well=B%2F03/0.parquet",
            "plate=plate.zarr/well=B%2F03/1.parquet",
            "plate=plate.zarr/well=C%2F05/0.parquet",
            "plate=plate.zarr/well=C%2F05/1.parquet");
    Files.delete(export.resolve("plate=plate.zarr/well=C%2F05/0.parquet"));
    assertThat(measure("--resume", "--export=" + export).code()).isZero();
    assertThat(Folders.read(export)).isEqualTo(files);
    Path namesake = TestPlate.write(folder.resolve("copy/plate.zarr"), NgffVersion.V0_4);
    CommandRun twice =
        SPARK.run(
            "measure",
            plate.toString(),
            namesake.toString(),
            "--label=nuclei",
            "--export=" + export);
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("would both be exported to");
  }

  @Test
  void aDamagedImageFailsAlone() throws IOException {
    Files.writeString(plate.resolve("C/05/0/labels/nuclei/0/0/0/0"), "no chunk");
    Map<String, String> before = Folders.read(plate.resolve("C/05/0"));
    CommandRun run = measure();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("3 images measured");
    assertThat(Folders.read(plate.resolve("C/05/0"))).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void theListSaysWhatEachFeatureIs() {
    CommandRun run = SPARK.run("measure", "--list");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("shape  (measured by default)")
        .contains("    area  [unit^2 (3D: unit^3)]\n        pixels times the size of a pixel")
        .contains("    intensity_mean-<channel>  [pixel value]")
        .contains("    haralick_contrast-<channel>")
        .contains("    neighbours_count");
  }

  @Test
  void mistakesAreSaidBeforeAnythingIsTouched() {
    assertThat(SPARK.run("measure", plate.toString()).err()).contains("--label");
    assertThat(measure("--features=volume").err()).contains("'volume'").contains("shape");
    assertThat(measure("--features=neighbours").err()).contains("neighbours_count");
    assertThat(measure("--texture-range=9").err()).contains("--texture-range").contains("'9'");
    assertThat(measure("--param=a=1").err()).contains("--own");
    assertThat(measure("--own=com.example.None").err()).contains("com.example.None");
    assertThat(measure("--python-memory=much").err()).contains("--python-memory");
    assertThat(measure("--channel=GFP9").err()).contains("GFP9");
    CommandRun label = SPARK.run("measure", plate.toString(), "--label=cells");
    assertThat(label.code()).isEqualTo(2);
    assertThat(label.err()).contains("cells");
  }
}
