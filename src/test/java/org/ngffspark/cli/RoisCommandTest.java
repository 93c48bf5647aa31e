// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.zarr.store.LocalStore;

class RoisCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path plate;

  private void makePlate(NgffVersion version) throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), version);
  }

  @BeforeEach
  void makePlate() throws IOException {
    makePlate(NgffVersion.V0_4);
  }

  private CommandRun rois(String... more) {
    return SPARK.run(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("rois", plate.toString(), "--label=wf_2_labels"),
                java.util.stream.Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertHolds(Path image, String name) {
    Container container = Container.open(image.toString());
    LabelBoxes boxes = container.label("wf_2_labels").boxes();
    MaskingRoiTable table = container.tables().maskingRoiTable(name);
    assertThat(table.labels()).isEqualTo(boxes.labels());
    assertThat(table.fingerprint()).contains(container.label("wf_2_labels").fingerprint());
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(table.roiAt(i)).isEqualTo(boxes.roiAt(i));
    }
    assertThat(container.tables().findMasking("wf_2_labels")).isPresent();
  }

  @Test
  void everyImageOfAPlateGetsATable() {
    CommandRun run = rois("--table=cells");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("4 images given a table in ");
    assertHolds(plate.resolve("B/03/0"), "cells");
    assertHolds(plate.resolve("C/05/1"), "cells");
    assertThat(Container.open(plate.resolve("B/03/1").toString()).tables().names())
        .containsExactly("FOV_ROI_table", "nuclei_ROI_table", "cells");
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void idsAreChosenAndTheSameJobIsDoneOnce() {
    CommandRun run = rois("--table=some", "--ids=2,4-6", "--well=B/03");
    assertThat(run.code()).as(run.err()).isZero();
    Container container = Container.open(plate.resolve("B/03/0").toString());
    assertThat(container.tables().maskingRoiTable("some").labels()).containsExactly(2, 4, 5, 6);
    CommandRun again = rois("--table=some", "--ids=2,4-6", "--resume");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .startsWith("2 images given a table")
        .contains("2 done by the same job before");
    CommandRun other = rois("--table=some", "--ids=2", "--resume");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("table 'some'").contains("--overwrite");
    CommandRun missing = rois("--table=none", "--ids=99999", "--image=0", "--well=B/03");
    assertThat(missing.err()).contains("99999");
    assertThat(plate.resolve("B/03/0/tables/none")).doesNotExist();
  }

  @Test
  void zarr3AndTextWorkToo() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("v3.zarr"), NgffVersion.V0_5);
    assertThat(rois("--table=cells", "--backend=csv", "--well=B/03").code()).isZero();
    assertHolds(plate.resolve("B/03/0"), "cells");
    assertThat(plate.resolve("B/03/0/tables/cells/table.csv")).exists();
    assertThat(plate.resolve("C/05/0/tables/cells")).doesNotExist();
  }

  @Test
  void aTableThatIsThereIsRefusedUnlessToldOtherwise() throws IOException {
    Map<String, String> before = Folders.read(plate);
    CommandRun refused = rois("--table=nuclei_ROI_table");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("table 'nuclei_ROI_table': it exists already");
    assertThat(Folders.read(plate)).isEqualTo(before);
    Path old = plate.resolve("B/03/0/tables/nuclei_ROI_table/old");
    Files.writeString(old, "left by something else");
    CommandRun replaced = rois("--table=nuclei_ROI_table", "--overwrite");
    assertThat(replaced.code()).as(replaced.err()).isZero();
    assertHolds(plate.resolve("B/03/0"), "nuclei_ROI_table");
    assertThat(old).doesNotExist();
  }

  @Test
  void anImageThatAnotherFieldLinksToIsDoneOnce() throws IOException {
    Path link = plate.resolve("C/05/1");
    LocalStore.at(link).deleteTree("");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("0"));
    CommandRun run = rois("--table=cells");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("3 images given a table in ");
    assertThat(run.err()).contains(plate + "/C/05/1 is named by another path too, and done once");
    assertHolds(plate.resolve("C/05/0"), "cells");
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void aDamagedLabelImageFailsAlone() throws IOException {
    Path chunk = plate.resolve("C/05/0/labels/wf_2_labels/0/0/0/0");
    Files.writeString(chunk, "no chunk");
    Map<String, String> before = Folders.read(plate.resolve("C/05/0"));
    CommandRun run = rois("--table=cells");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("3 images given a table");
    assertThat(run.err()).contains("1 image failed:\n  " + plate + "/C/05/0: ");
    assertThat(Folders.read(plate.resolve("C/05/0"))).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void damagedWellsAndTablesFailAloneAndLeaveNoLock() throws IOException {
    Files.writeString(plate.resolve("C/05/.zattrs"), "{");
    Files.writeString(plate.resolve("B/03/1/tables/.zattrs"), "{");
    Map<String, String> before = Folders.read(plate.resolve("B/03/1"));
    Path manifest = folder.resolve("run.jsonl");
    CommandRun strict = rois("--table=cells", "--fail-fast");
    assertThat(strict.code()).isEqualTo(2);
    assertThat(strict.err()).contains("C/05/.zattrs");
    CommandRun run = rois("--table=cells", "--manifest=" + manifest);
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).startsWith("1 image given a table");
    assertThat(run.err())
        .contains("2 images failed:")
        .contains("  " + plate + "/C/05: ")
        .contains("  " + plate + "/B/03/1: ");
    assertThat(Files.readString(manifest))
        .contains("\"input\":\"" + plate + "/C/05\"")
        .contains("\"images_failed\":2");
    assertThat(Folders.read(plate.resolve("B/03/1"))).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void badNamesAreRefused() {
    CommandRun table = rois("--table=a/b");
    assertThat(table.err()).contains("'a/b' is not a name");
    CommandRun label = SPARK.run("rois", plate.toString(), "--label=no", "--table=cells");
    assertThat(label.code()).isEqualTo(2);
    assertThat(label.err()).contains("No label 'no'");
  }
}
