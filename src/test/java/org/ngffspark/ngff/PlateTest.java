// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class PlateTest {
  private final StorePath root = StorePath.root(new MemoryStore()).child("p.zarr");

  private static WellImage image(String path, int acquisition) {
    return new WellImage(path, OptionalInt.of(acquisition));
  }

  private Plate plate(NgffVersion version) {
    Plate plate =
        Plate.create(
            root,
            version,
            new PlateMetadata(
                Optional.of("screen"),
                List.of("A", "B"),
                List.of("02", "03"),
                List.of("B/03", "A/02"),
                List.of(
                    new Acquisition(0, Optional.of("first")),
                    new Acquisition(7, Optional.empty()))));
    Well.create(root.child("B/03"), version, List.of(image("0", 0), image("1", 7)));
    Well.create(root.child("A/02"), version, List.of(new WellImage("0", OptionalInt.empty())));
    return plate;
  }

  private static List<String> names(List<PlateImage> images) {
    return images.stream().map(PlateImage::name).toList();
  }

  private static PlateSelection select(
      List<String> wells, List<String> acquisitions, List<String> images) {
    return new PlateSelection(wells, acquisitions, images);
  }

  @ParameterizedTest
  @EnumSource
  void allImagesAreFoundInTheOrderOfTheMetadata(NgffVersion version) {
    PlateMetadata written = plate(version).metadata();
    Plate plate = Plate.open(root);
    assertThat(ContainerKind.of(root)).isEqualTo(ContainerKind.PLATE);
    assertThat(ContainerKind.of(root.child("A/02"))).isEqualTo(ContainerKind.WELL);
    assertThat(plate.metadata()).isEqualTo(written);
    List<PlateImage> images = plate.images(PlateSelection.ALL);
    assertThat(names(images)).containsExactly("B/03/0", "B/03/1", "A/02/0");
    assertThat(images.get(1).path()).isEqualTo(root.child("B/03/1"));
  }

  @Test
  void imagesAreSelectedByWellAcquisitionAndName() {
    Plate plate = plate(NgffVersion.V0_5);
    assertThat(names(plate.images(select(List.of("A/02"), List.of(), List.of()))))
        .containsExactly("A/02/0");
    assertThat(names(plate.images(select(List.of(), List.of("first"), List.of()))))
        .containsExactly("B/03/0");
    assertThat(names(plate.images(select(List.of(), List.of("7", "0"), List.of()))))
        .containsExactly("B/03/0", "B/03/1");
    assertThat(names(plate.images(select(List.of(), List.of(), List.of("0")))))
        .containsExactly("B/03/0", "A/02/0");
    assertThat(names(plate.images(select(List.of("B/03"), List.of("7"), List.of("1")))))
        .containsExactly("B/03/1");
  }

  @Test
  void whatIsNotInThePlateIsAnsweredWithWhatIs() {
    Plate plate = plate(NgffVersion.V0_4);
    assertThatThrownBy(() -> plate.images(select(List.of("C/01"), List.of(), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No well 'C/01'")
        .hasMessageEndingWith("it has [B/03, A/02]");
    assertThatThrownBy(() -> plate.images(select(List.of(), List.of("second"), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("it has [0 (first), 7]");
    assertThatThrownBy(() -> plate.images(select(List.of("A/02"), List.of(), List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("it has [0]");
    assertThatThrownBy(() -> plate.well("B/3")).hasMessageEndingWith("it has [B/03, A/02]");
  }

  @ParameterizedTest
  @EnumSource
  void acquisitionsThatOnlyWellsNameAreSelected(NgffVersion version) {
    plate(version);
    Well.create(root.child("A/02"), version, List.of(image("0", 9)));
    Plate plate = Plate.open(root);
    assertThat(names(plate.images(select(List.of(), List.of("9"), List.of()))))
        .containsExactly("A/02/0");
    assertThatThrownBy(() -> plate.images(select(List.of(), List.of("8"), List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0 (first), 7, 9 (in wells only)]");
  }

  @ParameterizedTest
  @EnumSource
  void aPlateOrAWellMayHaveNoImages(NgffVersion version) {
    PlateMetadata empty =
        new PlateMetadata(Optional.empty(), List.of(), List.of(), List.of(), List.of());
    assertThat(Plate.create(root, version, empty).images(PlateSelection.ALL)).isEmpty();
    assertThat(Plate.open(root).metadata()).isEqualTo(empty);
    Well.create(root.child("well"), version, List.of());
    assertThat(Well.open(root.child("well")).images()).isEmpty();
  }

  @Test
  void aListedWellThatIsMissingIsTold() {
    Plate plate = plate(NgffVersion.V0_4);
    root.store().delete("p.zarr/A/02/.zgroup");
    assertThatThrownBy(() -> plate.images(PlateSelection.ALL))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("A/02: there is no Zarr group");
  }

  @ParameterizedTest
  @EnumSource
  void anImageIsRegisteredBesideItsSource(NgffVersion version) {
    plate(version);
    Well well = Well.around(root.child("B/03/1")).orElseThrow();
    Well changed = well.register("1_blurred", "1");
    assertThat(changed.images())
        .containsExactly(image("0", 0), image("1", 7), image("1_blurred", 7));
    assertThat(well.register("1_blurred", "1").images()).hasSize(3);
    assertThat(Well.open(root.child("B/03")).images()).isEqualTo(changed.images());
    assertThatThrownBy(() -> well.register("x", "5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No image '5' in well");
    assertThatThrownBy(() -> well.register("../x", "0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void imagesOutsideWellsHaveNone() {
    plate(NgffVersion.V0_4);
    assertThat(Well.around(root)).isEmpty();
    assertThat(Well.around(root.child("A"))).isEmpty();
    assertThat(Well.around(root.child("B/03/unlisted"))).isEmpty();
    assertThat(Well.around(StorePath.root(new MemoryStore()))).isEmpty();
  }

  @Test
  void platesAreNotOpenedAsImages() {
    plate(NgffVersion.V0_4);
    assertThatThrownBy(() -> ImageNode.open(root))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("it is of kind plate, not image");
    assertThatThrownBy(() -> Plate.open(root.child("B/03")))
        .hasMessageContaining("it is of kind well, not plate");
  }

  @Test
  void wellsOfANewPlateAreARowAndAColumn() {
    PlateMetadata wrong =
        new PlateMetadata(Optional.empty(), List.of("A"), List.of("1"), List.of("A/2"), List.of());
    assertThatThrownBy(() -> Plate.create(root, NgffVersion.V0_5, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 'A/2'");
  }
}
