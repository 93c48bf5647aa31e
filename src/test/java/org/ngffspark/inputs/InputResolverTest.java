// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.cli.TestPlate;
import org.ngffspark.history.JobHistory;
import org.ngffspark.history.JobRecord;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateMetadata;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.ngff.Well;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.LinkPolicy;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

class InputResolverTest {
  @TempDir private static Path folder;
  private static Path plate;

  @BeforeAll
  static void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
  }

  private static List<InputImage> resolve(PlateSelection selection, Object... inputs) {
    return inputs(selection, inputs).images();
  }

  private static Inputs inputs(PlateSelection selection, Object... inputs) {
    return new InputResolver(selection, LinkPolicy.INSIDE)
        .resolve(List.of(inputs).stream().map(Object::toString).toList());
  }

  private static List<String> paths(List<InputImage> images) {
    return images.stream().map(InputImage::path).toList();
  }

  private static PlateSelection only(
      List<String> wells, List<String> acquired, List<String> names) {
    return new PlateSelection(wells, acquired, names);
  }

  @Test
  void aPlateIsAllItsImagesInOrder() {
    List<InputImage> images = resolve(PlateSelection.ALL, plate);
    assertThat(paths(images)).containsExactly("B/03/0", "B/03/1", "C/05/0", "C/05/1");
    assertThat(images.get(3).ref()).hasToString(plate + "/C/05/1");
    assertThat(images.get(3).ref().path()).isEqualTo("C/05/1");
    assertThat(images.get(3).inputName()).isEqualTo("plate.zarr");
  }

  @Test
  void wellsAcquisitionsAndNamesChoose() {
    assertThat(paths(resolve(only(List.of("C/05"), List.of(), List.of()), plate)))
        .containsExactly("C/05/0", "C/05/1");
    assertThat(paths(resolve(only(List.of(), List.of(), List.of("1")), plate)))
        .containsExactly("B/03/1", "C/05/1");
    assertThat(paths(resolve(only(List.of("B/03"), List.of("sample"), List.of("0")), plate)))
        .containsExactly("B/03/0");
  }

  @Test
  void aWellIsAllItsImages() {
    Path well = plate.resolve("B/03");
    assertThat(paths(resolve(PlateSelection.ALL, well))).containsExactly("0", "1");
    assertThat(paths(resolve(only(List.of(), List.of("0"), List.of("1")), well)))
        .containsExactly("1");
    assertThatThrownBy(() -> resolve(only(List.of("B/03"), List.of(), List.of()), well))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--well [B/03] chooses wells of a plate, but " + well + " is a well");
    assertThatThrownBy(() -> resolve(only(List.of(), List.of(), List.of("7")), well))
        .hasMessage("No image '7' in well " + well + "; it has [0, 1]");
  }

  @Test
  void anImageInAPlateKnowsItsWell() {
    List<InputImage> images = resolve(PlateSelection.ALL, plate + "/B/03/0/");
    assertThat(images).hasSize(1);
    assertThat(images.get(0).path()).isEmpty();
    assertThat(images.get(0).ref().path()).isEqualTo("B/03/0");
    assertThat(Well.around(images.get(0).ref().open())).isPresent();
  }

  @Test
  void anImageGivenTwiceIsTakenOnce() throws IOException {
    Path link = folder.toRealPath().resolve("link.zarr");
    Files.createSymbolicLink(link, plate);
    assertThat(resolve(PlateSelection.ALL, plate + "/B/03/1", plate, link)).hasSize(4);
  }

  @Test
  void selectingNothingListsWhatThereIs() {
    assertThatThrownBy(
            () -> resolve(only(List.of(), List.of("9"), List.of()), plate.resolve("B/03")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Nothing of " + plate + "/B/03 is selected; it has [0, 1]");
    assertThatThrownBy(() -> resolve(only(List.of("A/01"), List.of(), List.of()), plate))
        .hasMessageContaining("No well 'A/01'")
        .hasMessageContaining("[B/03, C/05]");
  }

  @Test
  void aSelectionDoesNotGoWithAnImage() {
    assertThatThrownBy(
            () -> resolve(only(List.of(), List.of(), List.of("0")), plate.resolve("B/03/0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose images of a plate, but " + plate + "/B/03/0 is an image");
  }

  @Test
  void whatIsNoImageSaysWhatItIs() {
    assertThatThrownBy(() -> resolve(PlateSelection.ALL, folder.resolve("nothing")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("there is no Zarr group");
    assertThatThrownBy(() -> resolve(PlateSelection.ALL, plate.resolve("B/03/0/0")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("it is a Zarr array");
  }

  @Test
  void resultsOfAnEarlierRunAreNotTakenAgain() {
    Path derived = TestPlate.write(folder.resolve("derived.zarr"), NgffVersion.V0_5);
    StorePath well = StorePath.root(LocalStore.at(derived)).child("B/03");
    Well.open(well).register("0_x", "0").register("2_x", "0");
    List<InputImage> images = resolve(PlateSelection.ALL, derived);
    assertThat(paths(InputResolver.withoutResults(images, "_x")))
        .as("of 2_x there is no source")
        .containsExactly("B/03/0", "B/03/1", "B/03/2_x", "C/05/0", "C/05/1");
    assertThat(InputResolver.withoutResults(images, "_y")).isEqualTo(images);
    assertThat(InputResolver.withoutResults(images, "")).isEqualTo(images);
  }

  @Test
  void imagesMadeFromOthersAreLeftOutUnlessTheyHaveTheLabel() {
    Path some = TestPlate.write(folder.resolve("made.zarr"), NgffVersion.V0_4);
    StorePath root = StorePath.root(LocalStore.at(some));
    for (String made : List.of("B/03/0", "B/03/1")) {
      Group image = Group.open(root.child(made)).orElseThrow();
      ObjectNode job = image.attributes().objectNode().put(JobRecord.SOURCE, "../9");
      JobHistory history = new JobHistory(List.of(new JobRecord(job, "1", "0", "0")));
      image.writeAttributes(history.addTo(image.attributes()));
    }
    ImageNode.open(root.child("B/03/1")).labels().remove("nuclei");
    LocalStore.at(some).write("C/05/1/.zattrs", ByteBuffer.wrap(new byte[] {'{'}));
    List<InputImage> images = resolve(PlateSelection.ALL, some);
    assertThat(paths(InputResolver.withLabel(images, "nuclei")))
        .as("a damaged one is kept: the run says what is wrong with it")
        .containsExactly("B/03/0", "C/05/0", "C/05/1");
    assertThat(paths(InputResolver.withoutDerived(images))).containsExactly("C/05/0", "C/05/1");
  }

  @Test
  void resultsInWellsKeepTheirExtension() {
    InputImage original = image("/data/plate", "plate", "B/03/a.zarr");
    InputImage result = image("/data/plate", "plate", "B/03/a_x.zarr");
    assertThat(InputResolver.withoutResults(List.of(original, result), "_x"))
        .containsExactly(original);
  }

  @Test
  void aDamagedWellFailsAlone() {
    Path damaged = TestPlate.write(folder.resolve("damaged.zarr"), NgffVersion.V0_4);
    LocalStore.at(damaged).write("B/03/.zattrs", ByteBuffer.wrap(new byte[] {'{'}));
    Inputs inputs = inputs(PlateSelection.ALL, damaged);
    assertThat(paths(inputs.images())).containsExactly("C/05/0", "C/05/1");
    assertThat(inputs.failures())
        .singleElement()
        .satisfies(
            well -> {
              assertThat(well.state()).isEqualTo(ImageOutcome.State.FAILED);
              assertThat(well.input()).hasToString(damaged + "/B/03");
              assertThat(well.message()).contains("B/03/.zattrs").contains("JSON");
            });
    assertThat(inputs.requireSome()).isSameAs(inputs);
    assertThatThrownBy(inputs::requireReadable)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("B/03/.zattrs");
    Inputs none = inputs(only(List.of("B/03"), List.of(), List.of()), damaged);
    assertThatThrownBy(none::requireSome)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("B/03/.zattrs");
  }

  @Test
  void aPlateWithoutImagesMeansNone() {
    Path empty = folder.resolve("empty.zarr");
    Plate.create(
        StorePath.root(LocalStore.at(empty)),
        NgffVersion.V0_4,
        new PlateMetadata(Optional.empty(), List.of("A"), List.of("01"), List.of(), List.of()));
    Inputs none = inputs(PlateSelection.ALL, empty);
    assertThat(none.isEmpty()).isTrue();
    assertThatThrownBy(none::requireSome)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no images in " + empty);
    assertThatThrownBy(() -> inputs(only(List.of(), List.of(), List.of("0")), empty))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anImageThatALinkNamesTooIsTakenOnceByItsOwnPath() throws IOException {
    Path twice = TestPlate.write(folder.toRealPath().resolve("twice.zarr"), NgffVersion.V0_4);
    LocalStore.at(twice).deleteTree("B/03/1");
    Files.createSymbolicLink(twice.resolve("B/03/1"), twice.resolve("C/05/0"));
    Inputs inputs = inputs(PlateSelection.ALL, twice);
    assertThat(paths(inputs.images())).containsExactly("B/03/0", "C/05/0", "C/05/1");
    assertThat(inputs.repeated()).extracting(ImageRef::path).containsExactly("B/03/1");
  }

  @Test
  void severalInputsHaveFoldersOfTheirOwn() {
    InputImage first = image("/data/a.zarr", "a.zarr/", "");
    InputImage second = image("/data/b.zarr", "/data/b.zarr", "B/03/0");
    assertThat(of(first).folders()).containsEntry(first.ref(), "");
    assertThat(of(second).folders()).containsEntry(second.ref(), "B/03/0");
    assertThat(of(first, second).folders())
        .containsEntry(first.ref(), "a.zarr")
        .containsEntry(second.ref(), "b.zarr/B/03/0");
    InputImage same = image("/other/a.zarr", "/other/a.zarr", "");
    assertThatThrownBy(() -> of(first, same).folders())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Two inputs are called 'a.zarr'");
  }

  private static Inputs of(InputImage... images) {
    return new Inputs(List.of(), List.of(images), Map.of(), List.of());
  }

  private static InputImage image(String root, String input, String path) {
    return new InputImage(new ImageRef(URI.create("file://" + root), path), input, path);
  }

  @Test
  void aPlateOfLinksIsReadByWhoMeansIt() throws IOException {
    Path linked = TestPlate.write(folder.toRealPath().resolve("linked.zarr"), NgffVersion.V0_4);
    Path elsewhere = Files.createDirectory(folder.toRealPath().resolve("elsewhere"));
    Files.move(linked.resolve("B"), elsewhere.resolve("B"));
    Files.createSymbolicLink(linked.resolve("B"), elsewhere.resolve("B"));
    assertThat(inputs(PlateSelection.ALL, linked).unreadable().values())
        .singleElement()
        .asString()
        .contains("leads out of");
    InputResolver resolver = new InputResolver(PlateSelection.ALL, LinkPolicy.ANYWHERE);
    List<InputImage> images = resolver.resolve(List.of(linked.toString())).images();
    assertThat(paths(images)).containsExactly("B/03/0", "B/03/1", "C/05/0", "C/05/1");
    StorePath image = images.get(0).ref().open();
    assertThat(image.store().read(image.key(".zattrs"))).isPresent();
    assertThatThrownBy(() -> image.store().delete(image.key(".zattrs")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("leads out of");
  }
}
