// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.LinkedStore;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** New images that use the labels and tables of the image that they are made from. */
class LinkedLabelsTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path well;

  @BeforeEach
  void makePlate() throws IOException {
    Path plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
    well = plate.resolve("B/03");
  }

  private static CommandRun run(Object... arguments) {
    return SPARK.run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }

  private static String done(Object... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out() + run.err();
  }

  private void invert(String image, Object... more) {
    done(
        Stream.concat(
                Stream.of("transform", well.resolve(image), "--label=nuclei", "--transform=invert"),
                Stream.of(more))
            .toArray());
  }

  private Container open(String image) {
    return Container.open(well.resolve(image).toString());
  }

  private Map<String, String> pixels(String image) {
    Map<String, String> files = Folders.read(well.resolve(image));
    files.keySet().removeIf(name -> !name.matches("[0-9]/.*"));
    return files;
  }

  @Test
  void theNextStepsFindLabelsAndTablesOfTheSource() {
    invert("0", "--suffix=Linked", "--link-labels");
    invert("0", "--suffix=Copied");
    assertThat(well.resolve("0Linked/labels")).doesNotExist();
    assertThat(well.resolve("0Linked/tables")).doesNotExist();
    assertThat(open("0Linked").labels()).isEqualTo(open("0").labels()).contains("nuclei");
    assertThat(open("0Linked").tables().names()).isEqualTo(open("0").tables().names());
    assertThat(attribute("0Linked")).isEqualTo("../0");

    for (String image : new String[] {"0Linked", "0Copied"}) {
      done("crops", well.resolve(image), "--label=nuclei", "--to", folder.resolve(image));
      done("measure", well.resolve(image), "--label=nuclei");
    }
    assertThat(withoutImage(folder.resolve("0Linked")))
        .isEqualTo(withoutImage(folder.resolve("0Copied")))
        .hasSizeGreaterThan(5);
    assertThat(columns("0Linked")).isEqualTo(columns("0Copied")).isNotEmpty();
    assertThat(open("0Linked").tables().names()).contains("nuclei_features");
    assertThat(open("0").tables().names()).doesNotContain("nuclei_features");

    invert("0Linked", "--suffix=Again", "--link-labels", "--zoom=1.5");
    invert("0Copied", "--suffix=Again", "--zoom=1.5");
    assertThat(pixels("0LinkedAgain")).isEqualTo(pixels("0CopiedAgain")).isNotEmpty();
    assertThat(open("0LinkedAgain").labels()).isEqualTo(open("0").labels());
    invert("0LinkedAgain", "--in-place");
    assertThat(attribute("0LinkedAgain")).isEqualTo("../0Linked");
    assertThat(done("inspect", well.resolve("0LinkedAgain")))
        .contains(
            "uses      labels and tables of ../0Linked", "label     nuclei", "nuclei_features");
  }

  /** Files of the table of features, but for its record. */
  private Map<String, String> columns(String image) {
    Map<String, String> files = Folders.read(well.resolve(image).resolve("tables/nuclei_features"));
    files.remove("zarr.json");
    return files;
  }

  private String attribute(String image) {
    return Group.open(StorePath.root(LocalStore.at(well.resolve(image))))
        .orElseThrow()
        .attributes()
        .path(LinkedStore.FIELD)
        .asText();
  }

  /** Files of crops by name, without those that say of which image and job they are. */
  private static Map<String, String> withoutImage(Path crops) {
    Map<String, String> files = Folders.read(crops);
    files.keySet().removeIf(name -> name.matches("(.*/)?(index\\.csv|crops\\.json)"));
    return files;
  }

  @Test
  void aCopyOfALinkedImageHasItsOwnTablesAndTheSameLink() throws IOException {
    invert("0", "--suffix=Linked", "--link-labels");
    done("measure", well.resolve("0Linked"), "--label=nuclei");
    invert("0Linked", "--suffix=Copy");
    assertThat(attribute("0LinkedCopy")).isEqualTo("../0");
    assertThat(well.resolve("0LinkedCopy/labels")).doesNotExist();
    assertThat(Folders.read(well.resolve("0LinkedCopy/tables")))
        .isEqualTo(Folders.read(well.resolve("0Linked/tables")))
        .isNotEmpty();
    assertThat(open("0LinkedCopy").labels()).isEqualTo(open("0").labels());
    assertThat(open("0LinkedCopy").tables().names())
        .containsExactlyInAnyOrderElementsOf(open("0Linked").tables().names());
    invert("0LinkedCopy", "--in-place", "--zoom=1.5");

    Path other = folder.toRealPath().resolve("results/copy.zarr");
    Files.createDirectory(other.getParent());
    invert("0Linked", "--output=" + other);
    assertThat(Container.open(other.toString()).label("nuclei").boxes()).isNotNull();
    invert("0Linked", "--suffix=Bare", "--no-copy-labels");
    assertThat(open("0LinkedBare").labels()).isEmpty();
  }

  @Test
  void anImageElsewhereIsLinkedRelativelySoThatBothMayMoveTogether() throws IOException {
    Path other = folder.toRealPath().resolve("results/new.zarr");
    Files.createDirectory(other.getParent());
    invert("0", "--output=" + other, "--link-labels");
    Path moved = folder.toRealPath().resolve("moved");
    Files.createDirectory(moved);
    Files.move(folder.toRealPath().resolve("plate.zarr"), moved.resolve("plate.zarr"));
    Files.move(other.getParent(), moved.resolve("results"));
    assertThat(Container.open(moved.resolve("results/new.zarr").toString()).label("nuclei").boxes())
        .isNotNull();
  }

  @Test
  void whatBelongsToTheSourceIsNotChangedNorCopiedFromHere() {
    invert("0", "--suffix=Linked", "--link-labels");
    Map<String, String> before = Folders.read(well);
    String image = well.resolve("0Linked").toString();
    refused(
        "it belongs to ../0",
        "transform",
        image,
        "--label=nuclei",
        "--on-label=nuclei",
        "--transform=clear",
        "--in-place");
    refused("it belongs to ../0", "pyramid", image, "--label=nuclei");
    refused(
        "--link-labels",
        "transform",
        image,
        "--label=nuclei",
        "--transform=invert",
        "--in-place",
        "--link-labels");
    assertThat(Folders.read(well)).isEqualTo(before);
  }

  private static void refused(String message, Object... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.code()).as(run.err()).isNotZero();
    assertThat(run.out() + run.err()).contains(message);
  }

  @Test
  void aSourceThatHasGoneIsNamed() throws IOException {
    invert("0", "--suffix=Linked", "--link-labels");
    Files.move(well.resolve("0"), folder.resolve("elsewhere"));
    String image = well.resolve("0Linked").toString();
    String message = "uses labels and tables of ../0, where no image can be read any more";
    refused(message, "transform", image, "--label=nuclei", "--transform=invert", "--in-place");
    assertThat(run("inspect", image).out() + run("inspect", image).err()).contains(message);
  }
}
