// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** A label image that changes, and the tables that were computed from it. */
class ChangedLabelTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  private static final String TABLE = "nuclei_ROI_table";
  private static final String OLDER =
      "1 image: the masking ROI table of label image 'nuclei' is older than that, so boxes are taken";

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    Path plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
    image = plate.resolve("B/03/0");
  }

  private CommandRun transform(String transform, String... more) {
    List<String> arguments = new ArrayList<>(List.of("transform", image.toString()));
    arguments.addAll(List.of("--label=nuclei", "--in-place", "--transform=" + transform));
    arguments.addAll(List.of(more));
    CommandRun run = SPARK.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private CommandRun clear(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--on-label=nuclei"));
    arguments.addAll(List.of(more));
    return transform("clear", arguments.toArray(String[]::new));
  }

  private MaskingRois table() {
    return tables().maskingRoiTable(TABLE);
  }

  private Tables tables() {
    return Tables.open(StorePath.root(LocalStore.at(image)));
  }

  private MaskingRois boxes() {
    return Container.open(image.toString()).label("nuclei").boxes();
  }

  private void assertTableFitsLabel() {
    MaskingRois rows = table();
    MaskingRois found = boxes();
    assertThat(rows.labels()).isEqualTo(found.labels());
    for (long label : found.labels()) {
      assertThat(rows.roi(label).intervals()).isEqualTo(found.roi(label).intervals());
    }
  }

  @Test
  void itsMaskingTablesFollowIt() {
    List<String> before = tables().names();
    assertThat(table().labels()).contains(3, 5);
    CommandRun cleared = clear("--ids=3,5");
    assertThat(cleared.out()).doesNotContain("table");
    assertThat(table().labels()).isNotEmpty().doesNotContain(3, 5);
    assertTableFitsLabel();
    transform("erode", "--on-label=nuclei", "--param=radius=1");
    assertTableFitsLabel();
    assertThat(tables().names()).isEqualTo(before);
    CommandRun next = transform("invert");
    assertThat(next.out()).contains(table().size() + " objects").doesNotContain("older");
  }

  @Test
  void aTableThatIsToStayIsSeenToBeOlder() {
    long[] before = table().labels();
    CommandRun kept = clear("--ids=3", "--no-tables");
    assertThat(kept.out())
        .contains("1 image: table '" + TABLE + "' was not made anew when label image 'nuclei'");
    assertThat(table().labels()).isEqualTo(before);
    CommandRun next = transform("invert");
    assertThat(next.out()).contains(OLDER).contains(boxes().size() + " objects");
    CommandRun named = transform("invert", "--again", "--table=" + TABLE);
    assertThat(named.out()).contains("the label image was changed after the table");
    assertThat(
            SPARK
                .run("rois", image.toString(), "--label=nuclei", "--table=" + TABLE, "--overwrite")
                .code())
        .isZero();
    assertThat(transform("invert", "--again").out()).doesNotContain("older");
  }

  @Test
  void aChangeByOthersIsSeenWhereATableSaysOfWhatItIs() throws IOException {
    clear("--ids=3");
    try (Stream<Path> files = Files.walk(image.resolve("labels/nuclei/0"))) {
      Files.delete(
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .findFirst()
              .orElseThrow());
    }
    assertThat(transform("invert").out()).contains(OLDER);
  }

  @Test
  void itIsForLabelImagesThatChange() {
    CommandRun run =
        SPARK.run(
            "transform",
            image.toString(),
            "--label=nuclei",
            "--transform=invert",
            "--in-place",
            "--no-tables");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--no-tables is for a label image that is changed");
  }
}
