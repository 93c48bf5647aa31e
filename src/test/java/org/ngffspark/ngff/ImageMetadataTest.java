// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.store.FormatException;

class ImageMetadataTest {

  private static ImageMetadata parse04(ObjectNode attributes) {
    return ImageMetadata.parse(Samples.v2(attributes));
  }

  private static ImageMetadata parse05(ObjectNode attributes) {
    return ImageMetadata.parse(Samples.v3(attributes));
  }

  private static ObjectNode multiscale(ObjectNode attributes) {
    return (ObjectNode) attributes.path("multiscales").path(0);
  }

  @Test
  void pixelSizesAreTheProductOfBothTransformations() {
    ImageMetadata image = parse04(Samples.json(Samples.IMAGE_0_4));
    assertThat(image.axes())
        .isEqualTo(
            new Axes(
                List.of(
                    Axis.of("c"),
                    Axis.of("z", "micrometer"),
                    Axis.of("y", "micrometer"),
                    Axis.of("x", "micrometer"))));
    assertThat(image.datasets())
        .containsExactly(
            new Dataset("0", List.of(1.0, 1.0, 0.125, 0.125), List.of(0.0, 0.5, 2.5, 5.0)),
            new Dataset("1", List.of(1.0, 1.0, 0.25, 0.25), List.of(0.0, 0.0, 0.0, 0.0)));
    assertThat(image.pixelSize(1).get(AxisName.X)).isEqualTo(0.25);
    assertThat(image.name()).contains("before");
    assertThat(image.isLabel()).isFalse();
  }

  @Test
  void channelsWithoutNamesGetThoseOfTheirIndex() {
    assertThat(parse04(Samples.json(Samples.IMAGE_0_4)).channels())
        .containsExactly(
            new Channel(
                "DAPI",
                "A01_C01",
                Optional.of("0000FF"),
                Optional.of(new ChannelWindow(0, 65535, 110, 800))),
            Channel.of("GFP"),
            Channel.of("channel_2"));
  }

  @Test
  void unitsVersionAndTypesMayBeMissing() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    multiscale(attributes).remove("version");
    multiscale(attributes)
        .path("axes")
        .forEach(axis -> ((ObjectNode) axis).remove(List.of("unit", "type")));
    assertThat(parse04(attributes).axes()).isEqualTo(Axes.of("c", "z", "y", "x"));
  }

  @Test
  void aLabelOfVersionFiveIsRead() {
    ImageMetadata label = parse05(Samples.json(Samples.IMAGE_0_5));
    assertThat(label.isLabel()).isTrue();
    assertThat(label.channels()).isEmpty();
    assertThat(label.datasets())
        .containsExactly(Dataset.of("scale0/image", List.of(0.1625, 0.1625)));
  }

  @Test
  void ofSeveralMultiscalesTheFirstCounts() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    ((ArrayNode) attributes.get("multiscales")).add("not read");
    assertThat(parse04(attributes).datasets()).hasSize(2);
    assertThat(parse04(attributes).derived("x").json().get("multiscales")).hasSize(1);
  }

  @Test
  void whatIsReadIsWrittenBackWithAllItsFields() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    ImageMetadata image = parse04(attributes);
    assertThat(image.json()).isEqualTo(attributes);
    assertThat(image.withDatasets(image.datasets())).isEqualTo(image);
    image.json().removeAll();
    attributes.removeAll();
    assertThat(image.json().path("lab").path("operator").textValue()).isEqualTo("somebody");
  }

  @Test
  void anAddedLevelKeepsTheOthersAndTheirFields() {
    ImageMetadata image = parse04(Samples.json(Samples.IMAGE_0_4));
    List<Dataset> levels = image.datasets();
    Dataset added = levels.get(1).coarser("2", List.of(1.0, 1.0, 2.0, 2.0));
    ImageMetadata changed = image.withDatasets(List.of(levels.get(0), levels.get(1), added));
    assertThat(changed.datasets()).containsExactly(levels.get(0), levels.get(1), added);
    ObjectNode multiscale = multiscale(changed.json());
    assertThat(multiscale.path("datasets").path(0).path("note").textValue()).isEqualTo("kept");
    assertThat(multiscale.path("type").textValue()).isEqualTo("gaussian");
    assertThat(changed.channels()).isEqualTo(image.channels());
  }

  @Test
  void fewerLevelsKeepTheTransformationOfTheMultiscale() {
    ImageMetadata image = parse04(Samples.json(Samples.IMAGE_0_4));
    ImageMetadata changed = image.withDatasets(image.datasets().subList(0, 1));
    assertThat(changed.datasets()).isEqualTo(image.datasets().subList(0, 1));
    assertThat(multiscale(changed.json()).has("coordinateTransformations")).isTrue();
  }

  @Test
  void aDerivedImageDiffersInItsNameOnly() {
    ImageMetadata image = parse04(Samples.json(Samples.IMAGE_0_4));
    ObjectNode expected = image.json();
    multiscale(expected).put("name", "after");
    assertThat(image.derived("after").json()).isEqualTo(expected);
    multiscale(expected).remove("name");
    assertThat(image.derived("").json()).isEqualTo(expected);
  }

  @Test
  void aDerivedLabelDropsTheChannelAxis() {
    ImageMetadata label = parse04(Samples.json(Samples.IMAGE_0_4)).derivedLabel("nuclei");
    assertThat(label.axes().names()).containsExactly("z", "y", "x");
    assertThat(label.datasets().get(0))
        .isEqualTo(new Dataset("0", List.of(1.0, 0.125, 0.125), List.of(0.5, 2.5, 5.0)));
    assertThat(label.json().path("image-label"))
        .isEqualTo(Samples.json("{\"source\": {\"image\": \"../../\"}, \"version\": \"0.4\"}"));
    assertThat(label.isLabel()).isTrue();
    assertThat(label.name()).contains("nuclei");
    assertThat(label.json().has("omero")).isFalse();
  }

  @Test
  void newMetadataAreAsNgioWritesThem() {
    Axes axes = new Axes(List.of(Axis.of("c"), Axis.of("y", "micrometer"), Axis.of("x")));
    ImageMetadata image =
        ImageMetadata.create(
            NgffVersion.V0_4,
            axes,
            List.of(Dataset.of("0", List.of(1.0, 0.5, 0.5))),
            List.of(Channel.of("DAPI")));
    assertThat(image.json())
        .isEqualTo(
            Samples.json(
                """
                {"multiscales": [{"axes": [
                    {"name": "c", "type": "channel"},
                    {"name": "y", "type": "space", "unit": "micrometer"},
                    {"name": "x", "type": "space"}],
                  "datasets": [{"path": "0", "coordinateTransformations": [
                    {"type": "scale", "scale": [1.0, 0.5, 0.5]}]}],
                  "version": "0.4"}],
                 "omero": {"channels": [
                    {"label": "DAPI", "wavelength_id": "DAPI", "active": true}]}}
                """));
  }

  @Test
  void newMetadataThatCouldNotBeReadAreTheCallersMistake() {
    Axes axes = Axes.of("y", "x");
    assertThatThrownBy(() -> ImageMetadata.create(NgffVersion.V0_5, axes, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiscales[0].datasets must not be empty");
    List<Dataset> wrongRank = List.of(Dataset.of("0", List.of(1.0, 1.0, 1.0)));
    assertThatThrownBy(() -> ImageMetadata.create(NgffVersion.V0_5, axes, wrongRank, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a number for each of the 2 axes");
    assertThatThrownBy(() -> Dataset.of("../0", List.of(1.0, 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is '..'");
  }

  @Test
  void whatIsWrongIsNamedWithFileFieldAndValue() {
    assertWrong("axes", "[]", "img/.zattrs: multiscales[0].axes are not supported");
    assertWrong("axes", "[{\"name\": \"q\"}]", "multiscales[0].axes[0].name must be one of t, c");
    assertWrong(
        "axes",
        "[{\"name\": \"y\", \"type\": \"time\"}, {\"name\": \"x\"}]",
        "multiscales[0].axes[0].type must be 'space' for axis y, got \"time\"");
    assertWrong("axes", "[{\"name\": \"x\"}, {\"name\": \"y\"}]", "got [x, y]");
    assertWrong("datasets", "{}", "multiscales[0].datasets must be an array, got {}");
    assertWrong("datasets", "null", "multiscales[0].datasets is missing");
  }

  @Test
  void wrongTransformationsAreRefused() {
    assertWrongLevel("[{\"type\": \"affine\"}]", "must be identity, scale, translation, or a");
    assertWrongLevel("{}", "coordinateTransformations must be an array");
    assertWrongLevel("[{\"type\": \"scale\", \"scale\": [1, 1]}]", "each of the 4 axes");
    assertWrongLevel("[{\"type\": \"scale\", \"scale\": [1, 1, 0, 1]}]", "must be above 0, got");
    assertWrongLevel("[{\"type\": \"scale\", \"scale\": [1, 1, -2, 1]}]", "must be above 0, got");
    assertWrongLevel("[{\"type\": \"scale\", \"scale\": [1, 1, 1e999, 1]}]", "finite number");
    assertWrongLevel("[{\"type\": \"scale\", \"scale\": [1, 1, \"1\", 1]}]", "scale[2] must be");
    assertWrongLevel("[{\"type\": \"scale\", \"path\": \"s\"}]", "scale is missing");
  }

  @Test
  void pathsThatLeaveTheImageAreRefused() {
    for (String path : List.of("", "/0", "..", "../0", "a/../../0", "a//b", "a\\\\b", ".")) {
      ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
      ((ObjectNode) multiscale(attributes).path("datasets").path(0))
          .set("path", Samples.json("{\"p\": \"" + path + "\"}").get("p"));
      assertThatThrownBy(() -> parse04(attributes))
          .as("path '%s'", path)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining(".path must be");
    }
  }

  private static void assertWrong(String field, String value, String message) {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    multiscale(attributes).set(field, Samples.json("{\"v\": " + value + "}").get("v"));
    assertThatThrownBy(() -> parse04(attributes))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  private static void assertWrongLevel(String transformations, String message) {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    ((ObjectNode) multiscale(attributes).path("datasets").path(0))
        .set("coordinateTransformations", Samples.json("{\"v\":" + transformations + "}").get("v"));
    assertThatThrownBy(() -> parse04(attributes))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }
}
