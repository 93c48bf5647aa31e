// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.GoldenZip;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Images and plates that programs other than ngio wrote, against what these read in them. */
class WildImagesTest {
  private static final List<String> PROGRAMS =
      List.of(
          "iohub-0.2.3",
          "iohub-0.3.0a7",
          "n5-images",
          "ngff-zarr-0.50.0",
          "ome-zarr-0.21.0",
          "spatialdata-0.8.0");

  static Stream<Arguments> everyImage() {
    return entries("axes");
  }

  static Stream<Arguments> everyPlate() {
    return entries("wells");
  }

  private static Stream<Arguments> entries(String field) {
    return PROGRAMS.stream()
        .flatMap(
            program ->
                expected(StorePath.root(GoldenZip.open(program))).properties().stream()
                    .filter(entry -> entry.getValue().has(field))
                    .map(entry -> Arguments.of(program, entry.getKey())));
  }

  private static JsonNode expected(StorePath root) {
    return Json.read(root.child("expected.json")).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("everyImage")
  void everyImageIsReadAsItsProgramReadsIt(String program, String name) {
    StorePath root = StorePath.root(GoldenZip.open(program));
    JsonNode expected = expected(root).path(name);
    Container container = Container.open(root.child(name));
    assertThat(container.metadata().version().text()).isEqualTo(expected.path("version").asText());
    assertSame(root, container.image(), container.metadata(), expected);
    if (expected.has("channels")) {
      assertThat(container.channels().stream().map(Channel::label).toList())
          .isEqualTo(texts(expected.path("channels")));
    }
    assertThat(container.labels()).hasSize(expected.path("labels").size());
    for (Map.Entry<String, JsonNode> label : expected.path("labels").properties()) {
      Label found = container.label(label.getKey());
      assertSame(root, found, found.node().metadata(), label.getValue());
    }
  }

  private static void assertSame(
      StorePath root, ImageLevel level, ImageMetadata metadata, JsonNode expected) {
    assertThat(metadata.axes().names()).isEqualTo(texts(expected.path("axes")));
    assertThat(metadata.datasets().stream().map(Dataset::scale).toList())
        .isEqualTo(numbers(expected.path("scales")));
    if (expected.has("translations")) {
      assertThat(metadata.datasets().stream().map(Dataset::translation).toList())
          .isEqualTo(numbers(expected.path("translations")));
    }
    Golden.assertSame(
        level.toString(),
        level.read().pixels(),
        NpyFile.read(root.child(expected.path("pixels").asText())));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<List<Double>> numbers(JsonNode lists) {
    List<List<Double>> all = new ArrayList<>();
    for (JsonNode list : lists) {
      List<Double> numbers = new ArrayList<>();
      list.forEach(number -> numbers.add(number.doubleValue()));
      all.add(numbers);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("everyImage")
  void whatIsChangedAndDerivedIsReadAgain(String program, String name) {
    StorePath root = StorePath.root(GoldenZip.open(program));
    Container container = Container.open(root.child(name));
    Image image = container.image();
    image.consolidate();
    Patch pixels = image.read();
    Container derived = container.deriveImage(root.child("derived"));
    assertThat(derived.metadata().version()).isEqualTo(container.metadata().version());
    assertThat(derived.metadata().datasets()).isEqualTo(container.metadata().datasets());
    assertThat(derived.image().shape()).isEqualTo(image.shape());
    assertThat(derived.image().type()).isEqualTo(pixels.type());
    Label label = container.deriveLabel("new", DataType.UINT16);
    assertThat(label.axes()).isEqualTo(image.axes().without(AxisName.C));
    assertThat(Container.open(root.child(name)).labels()).endsWith("new");
    assertThat(Container.open(root.child(name)).label("new").node().metadata())
        .isEqualTo(label.node().metadata());
  }

  @ParameterizedTest
  @MethodSource("everyPlate")
  void everyPlateHasItsWellsAndImages(String program, String name) {
    StorePath root = StorePath.root(GoldenZip.open(program));
    Plate plate = Plate.open(root.child(name));
    assertThat(plate.metadata().wells()).isEqualTo(texts(expected(root).path(name).path("wells")));
    assertThat(plate.images(PlateSelection.ALL)).isNotEmpty();
    assertThat(plate.images(PlateSelection.ALL))
        .allSatisfy(image -> Container.open(image.path()).image().read());
  }

  @Test
  void objectsOfVersionSixAreReadAndWritten() {
    StorePath root = StorePath.root(GoldenZip.open("ome-zarr-0.21.0"));
    for (String version : List.of("0.4", "0.5", "0.6")) {
      Container container = Container.open(root.child("image-" + version + ".zarr"));
      Masked masked = container.maskedImage("nuclei");
      assertThat(masked.rois().labels()).containsExactly(7, 300);
      Patch object = masked.getRoiMasked(300);
      for (int i = 0; i < object.size(); i++) {
        object.set(i, object.value(i) / 2);
      }
      masked.setRoiMasked(300, object);
      masked.consolidate();
      Golden.assertSame(version, masked.getRoiMasked(300).pixels(), object.pixels());
    }
  }

  @Test
  void aVersionToComeIsRefusedByName() {
    StorePath root = StorePath.root(GoldenZip.open("ngff-zarr-0.50.0"));
    assertThatThrownBy(() -> Container.open(root.child("later.zarr")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("attributes.ome.version must be 0.4, 0.5, 0.6 or a pre-release")
        .hasMessageEndingWith("got \"0.9.dev1\"");
  }

  @Test
  void allProgramsAreThere() {
    assertThat(everyImage()).hasSize(2 + 4 + 9 + 3 + 6 + 5);
    assertThat(everyPlate()).hasSize(1 + 2 + 3);
  }
}
