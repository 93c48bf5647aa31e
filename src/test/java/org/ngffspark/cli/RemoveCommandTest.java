// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class RemoveCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
  }

  private static CommandRun run(Object... arguments) {
    return SPARK.run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }

  private static String done(Object... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out() + run.err();
  }

  private void invert(Object... more) {
    done(
        Stream.concat(
                Stream.of("transform", plate, "--image=0", "--label=nuclei", "--transform=invert"),
                Stream.of(more))
            .toArray());
  }

  private List<String> images(String well) {
    return Well.open(StorePath.root(LocalStore.at(plate.resolve(well)))).images().stream()
        .map(WellImage::path)
        .toList();
  }

  private Container open(String image) {
    return Container.open(plate.resolve(image).toString());
  }

  @Test
  void derivedImagesGoWithTheirEntriesInTheWells() {
    var before = Folders.read(plate);
    invert("--suffix=Inverted");
    assertThat(images("B/03")).contains("0Inverted");
    String listed = done("remove", plate, "--image=0Inverted", "--dry-run");
    assertThat(listed)
        .contains("2 nodes would be removed", "B/03/0Inverted", "C/05/0Inverted")
        .containsPattern("\\d+ files, \\d");
    assertThat(plate.resolve("B/03/0Inverted")).exists();

    String removed = done("remove", plate, "--image=0Inverted", "--well=B/03");
    assertThat(removed).contains("1 image removed");
    assertThat(images("B/03")).containsExactly("0", "1");
    assertThat(plate.resolve("B/03/0Inverted")).doesNotExist();
    assertThat(images("C/05")).contains("0Inverted");

    done("remove", plate.resolve("C/05/0Inverted"));
    assertThat(Folders.read(plate).keySet()).isEqualTo(before.keySet());
    assertThat(folder.toFile().list()).containsExactly("plate.zarr");
  }

  @Test
  void whatThisProgramDidNotMakeStays() {
    var before = Folders.read(plate);
    CommandRun image = run("remove", plate, "--image=1");
    assertThat(image.code()).isEqualTo(2);
    assertThat(image.err()).contains("This program did not make the image", "--force");
    CommandRun label = run("remove", plate.resolve("B/03/0"), "--label=nuclei");
    assertThat(label.err()).contains("This program did not make the label image 'nuclei'");
    CommandRun dry = run("remove", plate, "--image=1", "--dry-run");
    assertThat(dry.code()).isEqualTo(2);
    assertThat(dry.err()).contains("B/03/1: This program did not make the image");
    CommandRun all = run("remove", plate);
    assertThat(all.code()).isEqualTo(2);
    assertThat(all.err()).contains("by --image NAME");
    CommandRun last = run("remove", plate, "--image=0", "--image=1", "--force");
    assertThat(last.err()).contains("would have no image left");
    assertThat(Folders.read(plate)).isEqualTo(before);
    done("remove", plate, "--image=1", "--force");
    assertThat(images("B/03")).containsExactly("0");
  }

  @Test
  void labelsAndTablesGoFromTheirLists() {
    Path image = plate.resolve("B/03/0");
    List<String> labels = open("B/03/0").labels();
    List<String> tables = open("B/03/0").tables().names();
    done("segment", image, "--channel=0", "--method=otsu", "--to=found");
    done("measure", image, "--label=found", "--table=sizes");
    done("rois", image, "--label=found", "--table=regions");
    String removed = done("remove", image, "--label=found");
    assertThat(removed).contains("table 'sizes' is of this label image, and stays");
    assertThat(open("B/03/0").labels()).isEqualTo(labels);
    assertThat(image.resolve("labels/found")).doesNotExist();
    assertThat(run("remove", image, "--label=found").code()).isEqualTo(2);
    done("remove", image, "--label=found", "--resume");
    for (String table : open("B/03/0").tables().names()) {
      if (!tables.contains(table)) {
        done("remove", image, "--table=" + table);
        assertThat(image.resolve("tables/" + table)).doesNotExist();
      }
    }
    assertThat(open("B/03/0").tables().names()).isEqualTo(tables);
  }

  @Test
  void anImageWhoseLabelsOthersUseStaysUntilTheyGo() {
    invert("--suffix=Copy");
    done(
        "transform",
        plate,
        "--image=0Copy",
        "--label=nuclei",
        "--transform=invert",
        "--suffix=Linked",
        "--link-labels");
    CommandRun used = run("remove", plate, "--image=0Copy", "--force");
    assertThat(used.code()).isEqualTo(2);
    assertThat(used.err()).contains("are used by 0CopyLinked (--link-labels)");
    done("remove", plate, "--image=0Copy", "--image=0CopyLinked");
    assertThat(images("B/03")).containsExactly("0", "1");
  }

  @Test
  void whatOthersPutIntoADerivedImageIsNotRemovedWithIt() throws IOException {
    invert("--suffix=Copy");
    Container copy = open("B/03/0Copy");
    copy.deriveLabel("painted");
    CommandRun run = run("remove", plate.resolve("B/03/0Copy"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("label image 'painted', which this program did not make");
    assertThat(Files.exists(plate.resolve("B/03/0Copy/labels/painted"))).isTrue();
  }
}
