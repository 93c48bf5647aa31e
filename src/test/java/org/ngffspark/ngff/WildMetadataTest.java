// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Metadata that are not as the specifications say, and clear enough all the same. */
class WildMetadataTest {
  private final StorePath path = StorePath.root(new MemoryStore()).child("img");

  private static ObjectNode multiscale(ObjectNode attributes) {
    return (ObjectNode) attributes.path("multiscales").path(0);
  }

  private static JsonNode value(String json) {
    return Samples.json("{\"v\": " + json + "}").get("v");
  }

  private static List<String> problems(ImageMetadata image) {
    return image.problems().stream().map(MetadataProblem::text).toList();
  }

  private static ImageMetadata changed(String field, String json) {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    multiscale(attributes).set(field, value(json));
    return ImageMetadata.parse(Samples.v2(attributes));
  }

  private static ImageMetadata changedLevel(int level, String field, String json) {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    ((ObjectNode) multiscale(attributes).path("datasets").path(level)).set(field, value(json));
    return ImageMetadata.parse(Samples.v2(attributes));
  }

  @Test
  void axesMayBeNamedByCapitalLettersAndStaySo() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    for (JsonNode axis : multiscale(attributes).path("axes")) {
      ((ObjectNode) axis).put("name", axis.path("name").textValue().toUpperCase(Locale.ROOT));
    }
    ImageMetadata image = ImageMetadata.parse(Samples.v2(attributes));
    assertThat(image.axes().names()).containsExactly("c", "z", "y", "x");
    assertThat(image.problems()).isEmpty();
    ImageMetadata label = image.derivedLabel("nuclei");
    assertThat(label.axes().names()).containsExactly("z", "y", "x");
    assertThat(multiscale(label.json()).path("axes"))
        .isEqualTo(
            value(
                """
                [{"name": "Z", "type": "space", "unit": "micrometer"},
                 {"name": "Y", "type": "space", "unit": "micrometer"},
                 {"name": "X", "type": "space", "unit": "micrometer"}]
                """));
    assertThat(multiscale(image.derived("other").json()).path("axes"))
        .isEqualTo(multiscale(attributes).path("axes"));
  }

  @Test
  void anAxisOfAnotherTypeThanItsNameIsRefused() {
    assertThatThrownBy(
            () -> changed("axes", "[{\"name\": \"Y\", \"type\": \"time\"}, {\"name\": \"X\"}]"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("axes[0].type must be 'space' for axis y, got \"time\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"0.2\"               | is \"0.2\"; read as 0.4",
        "\"0.3\"               | is \"0.3\"; read as 0.4",
        "\"0.5\"               | is \"0.5\"; read as 0.4",
        "\"first\"             | is \"first\"; read as 0.4",
        "[4]                   | is [4]; read as 0.4",
      })
  void aVersionThatSaysNothingWrongIsNoted(String version, String problem) {
    ImageMetadata image = changed("version", version);
    assertThat(image.version()).isEqualTo(NgffVersion.V0_4);
    assertThat(problems(image)).containsExactly("multiscales[0].version " + problem);
    assertThat(multiscale(image.json()).path("version")).isEqualTo(value(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.4", "\"0.4\"", "\"0.4-dev-spatialdata\"", "null"})
  void aVersionInOtherWordsIsThatVersion(String version) {
    assertThat(problems(changed("version", version))).isEmpty();
  }

  @Test
  void aVersionToComeIsRefusedByName() {
    assertThatThrownBy(() -> changed("version", "\"0.9.dev1\""))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "Cannot read img/.zattrs: multiscales[0].version must be 0.4, 0.5, 0.6 or a"
                + " pre-release of these, got \"0.9.dev1\"");
    assertThatThrownBy(() -> Samples.v3(Samples.json("{\"ome\": {\"version\": \"1.0\"}}")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("img/zarr.json: attributes.ome.version must be 0.4, 0.5, 0.6 or");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0.5\"", "0.5", "\"0.5-dev-spatialdata\"", "\"0.5.2\"", "\"0.5rc1\""})
  void tagsOfVersionFiveAreKept(String version) {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_5);
    ((ObjectNode) attributes.get("ome")).set("version", value(version));
    ImageMetadata image = ImageMetadata.parse(Samples.v3(attributes));
    assertThat(image.version()).isEqualTo(NgffVersion.V0_5);
    assertThat(image.problems()).isEmpty();
    assertThat(image.derivedLabel("a").json().path("version").asText())
        .isEqualTo(value(version).asText());
  }

  @Test
  void aMissingVersionUnderOmeIsNoted() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_5);
    ((ObjectNode) attributes.get("ome")).remove("version");
    ImageMetadata image = ImageMetadata.parse(Samples.v3(attributes));
    assertThat(image.version()).isEqualTo(NgffVersion.V0_5);
    assertThat(problems(image)).containsExactly("attributes.ome has no version; read as 0.5");
  }

  @Test
  void versionFourInZarrThreeIsReadAndWrittenBackInTheSameForm() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    Group.create(path, ZarrFormat.V3, attributes);
    ImageNode image = ImageNode.open(path);
    assertThat(image.metadata().version()).isEqualTo(NgffVersion.V0_4);
    assertThat(image.format()).isEqualTo(ZarrFormat.V3);
    assertThat(image.metadata().datasets()).hasSize(2);
    image.write(image.metadata().derived("after"));
    multiscale(attributes).put("name", "after");
    assertThat(Json.read(path.child("zarr.json")).orElseThrow().get("attributes"))
        .isEqualTo(attributes);
    image.labels().add("nuclei");
    assertThat(Json.read(path.child("labels/zarr.json")).orElseThrow().get("attributes"))
        .isEqualTo(Samples.json("{\"labels\": [\"nuclei\"]}"));
    StorePath derived = StorePath.root(path.store()).child("other");
    ImageNode.create(derived, image.metadata().derived("other"));
    assertThat(ImageNode.open(derived).metadata().version()).isEqualTo(NgffVersion.V0_4);
    assertThat(Group.open(derived).orElseThrow().attributes().has("ome")).isFalse();
  }

  @Test
  void versionFiveInZarrTwoIsReadAndWrittenBackInTheSameForm() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_5);
    Group.create(path, ZarrFormat.V2, attributes);
    ImageNode image = ImageNode.open(path);
    assertThat(image.metadata().version()).isEqualTo(NgffVersion.V0_5);
    assertThat(image.format()).isEqualTo(ZarrFormat.V2);
    image.write(image.metadata().derived("after"));
    multiscale((ObjectNode) attributes.get("ome")).put("name", "after");
    assertThat(Json.read(path.child(".zattrs")).orElseThrow()).isEqualTo(attributes);
  }

  @Test
  void ofMetadataInBothPlacesThoseUnderOmeCount() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_5);
    attributes.set("multiscales", Samples.json(Samples.IMAGE_0_4).get("multiscales"));
    ImageMetadata image = ImageMetadata.parse(Samples.v3(attributes));
    assertThat(image.version()).isEqualTo(NgffVersion.V0_5);
    assertThat(problems(image))
        .containsExactly("attributes.multiscales is neither read nor changed, for 'ome' counts");
  }

  @Test
  void identityAndEmptyListsAreNoTransformation() {
    ImageMetadata identity = changed("coordinateTransformations", "[{\"type\": \"identity\"}]");
    assertThat(identity.datasets().get(0).scale()).containsExactly(1.0, 2.0, 0.5, 0.5);
    assertThat(identity.problems()).isEmpty();
    assertThat(changed("coordinateTransformations", "[]").datasets())
        .isEqualTo(identity.datasets());
  }

  @Test
  void aLevelWithoutScaleHasPixelsOfOneUnit() {
    ImageMetadata image = changedLevel(0, "coordinateTransformations", "[]");
    assertThat(image.datasets().get(0).scale()).containsExactly(1.0, 0.5, 0.25, 0.25);
    assertThat(problems(image))
        .containsExactly(
            "multiscales[0].datasets[0] has no scale; a pixel counts as 1 on every axis");
  }

  @Test
  void aTranslationBeforeTheScaleIsScaled() {
    ImageMetadata image =
        changedLevel(
            0,
            "coordinateTransformations",
            """
            [{"type": "translation", "translation": [0, 1.0, 10.0, 20.0]},
             {"type": "scale", "scale": [1, 2.0, 0.5, 0.5]}]
            """);
    assertThat(image.datasets().get(0))
        .isEqualTo(new Dataset("0", List.of(1.0, 1.0, 0.125, 0.125), List.of(0.0, 1.0, 1.25, 2.5)));
  }

  @Test
  void whatLeadsToAnotherCoordinateSystemIsKeptAndNotApplied() {
    String steps =
        """
        [{"type": "identity", "input": {"name": "czyx"}, "output": {"name": "global"}},
         {"type": "affine", "affine": [[1]], "input": {"name": "czyx"}, "output": {"name": "a"}}]
        """;
    ImageMetadata image = changed("coordinateTransformations", steps);
    assertThat(image.datasets().get(0).scale()).containsExactly(1.0, 2.0, 0.5, 0.5);
    assertThat(problems(image))
        .containsExactly(
            "multiscales[0].coordinateTransformations[1] leads to another coordinate system; it is"
                + " kept, but not applied");
    Dataset added = image.datasets().get(1).coarser("2", List.of(1.0, 1.0, 2.0, 2.0));
    ImageMetadata more = image.withDatasets(List.of(image.datasets().get(0), added));
    assertThat(multiscale(more.json()).path("coordinateTransformations")).isEqualTo(value(steps));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path | '\"../1\"' | datasets[1].path must be a relative path inside its group",
        "path | '\"0\"' | datasets[1].path must be another path than the levels before",
        "coordinateTransformations | '[{\"type\": \"affine\"}]' | must be identity, scale",
        "coordinateTransformations | '[{\"type\": \"scale\", \"scale\": [1, 1, 0.1, 0.1]}]' | "
            + "datasets[1] must not have a smaller scale than the level before it",
      })
  void aLevelThatIsWrongEndsTheLevels(String field, String json, String problem) {
    ImageMetadata image = changedLevel(1, field, json);
    assertThat(image.datasets()).hasSize(1);
    assertThat(problems(image)).hasSize(1);
    assertThat(problems(image).get(0))
        .contains(problem)
        .endsWith("; neither it nor a level after it can be used");
    assertThatThrownBy(image::requireAllLevels)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("img/.zattrs: of its 2 levels the first 1 can be used: ")
        .hasMessageContaining(problem);
    ImageMetadata derived = image.derived("other");
    assertThat(multiscale(derived.json()).path("datasets")).hasSize(1);
    derived.requireAllLevels();
  }

  @Test
  void whatOnlyAViewerNeedsRefusesNoImage() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    attributes.set(
        "omero",
        value(
            """
            {"channels": [
              {"label": 5, "color": 255, "window": {"min": "0", "max": 1, "start": 0, "end": 1}},
              {"label": "B", "wavelength_id": ["x"], "window": {"min": 0, "max": NaN}},
              7,
              {"label": {}}]}
            """
                .replace("NaN", "1e999")));
    ImageMetadata image = ImageMetadata.parse(Samples.v2(attributes));
    assertThat(image.channels())
        .containsExactly(Channel.of("5"), Channel.of("B"), Channel.unnamed(2), Channel.unnamed(3));
    assertThat(problems(image))
        .containsExactly(
            "omero.channels[0].label is the number 5, which is its name",
            "omero.channels[0].color must be a string, got 255; it has none",
            "omero.channels[0].window.min must be a finite number, got \"0\"; it has none",
            "omero.channels[1].wavelength_id must be a string, got [\"x\"]; it has none",
            "omero.channels[1].window.max must be a finite number, got \"Infinity\"; it has none",
            "omero.channels[2] must be an object, got 7; it has no name",
            "omero.channels[3].label must be a string, got {}; it has none");
    assertThat(image.json()).isEqualTo(attributes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "{\"channels\": {}}", "[]"})
  void channelsThatAreNoneHaveNoNames(String omero) {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    attributes.set("omero", value(omero));
    ImageMetadata image = ImageMetadata.parse(Samples.v2(attributes));
    assertThat(image.channels()).isEmpty();
    assertThat(problems(image)).hasSize(1);
  }

  @Test
  void unitsAndNamesThatAreNoneAreLeftOut() {
    ImageMetadata image =
        changed(
            "axes",
            "[{\"name\": \"c\"}, {\"name\": \"z\"}, {\"name\": \"y\", \"unit\": 5}, {\"name\": \"x\"}]");
    assertThat(problems(image))
        .containsExactly("multiscales[0].axes[2].unit must be a string, got 5; it is left out");
    assertThat(problems(changed("name", "5")))
        .containsExactly("multiscales[0].name must be a string, got 5; there is no name");
  }

  @Test
  void whatIsOlderThanVersionFourIsToldFromWhatIsWrong() {
    ObjectNode attributes = Samples.json(Samples.IMAGE_0_4);
    multiscale(attributes).remove("axes");
    multiscale(attributes).put("version", "0.2");
    assertThatThrownBy(() -> ImageMetadata.parse(Samples.v2(attributes)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "Cannot read img/.zattrs: multiscales[0] has no axes, so it is older than the NGFF 0.4"
                + " that is supported");
  }
}
