// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.zarr.store.FormatException;

/** NGFF 0.6. */
class CoordinateSystemsTest {
  private static final String IMAGE =
      """
      {"ome": {
        "version": "0.6",
        "multiscales": [{
          "name": "before",
          "coordinateSystems": [
            {"name": "stage", "axes": [
              {"name": "c", "type": "channel"},
              {"name": "y", "type": "space"}, {"name": "x", "type": "space"}]},
            {"name": "physical", "axes": [
              {"name": "c", "type": "channel", "discrete": true},
              {"name": "y", "type": "space", "unit": "micrometer", "longName": "down"},
              {"name": "x", "type": "space", "unit": "micrometer"}]}],
          "datasets": [
            {"path": "s0", "coordinateTransformations": [
              {"type": "scale", "scale": [1, 0.5, 0.25], "name": "kept",
               "input": {"path": "s0"}, "output": {"name": "physical"}}]},
            {"path": "s1", "coordinateTransformations": [
              {"type": "sequence", "input": {"path": "s1"}, "output": {"name": "physical"},
               "transformations": [
                {"type": "scale", "scale": [1, 1.0, 0.5]},
                {"type": "translation", "translation": [0, 0.25, 0.125]}]}]}],
          "coordinateTransformations": [
            {"type": "rotation", "rotation": [[0, 1], [1, 0]],
             "input": {"name": "physical"}, "output": {"name": "stage"}}]}]}}
      """;

  private static ImageMetadata parse(ObjectNode attributes) {
    return ImageMetadata.parse(Samples.v3(attributes));
  }

  private static ObjectNode multiscale(JsonNode ome) {
    return (ObjectNode) ome.path("multiscales").path(0);
  }

  private static ObjectNode step(ObjectNode attributes, int level) {
    return (ObjectNode)
        multiscale(attributes.path("ome"))
            .path("datasets")
            .path(level)
            .path("coordinateTransformations")
            .path(0);
  }

  @Test
  void theImagesOwnCoordinateSystemIsThatWhichLevelsLeadTo() {
    ImageMetadata image = parse(Samples.json(IMAGE));
    assertThat(image.version()).isEqualTo(NgffVersion.V0_6);
    assertThat(image.axes())
        .isEqualTo(
            new Axes(
                List.of(Axis.of("c"), Axis.of("y", "micrometer"), Axis.of("x", "micrometer"))));
    assertThat(image.datasets())
        .containsExactly(
            Dataset.of("s0", List.of(1.0, 0.5, 0.25)),
            new Dataset("s1", List.of(1.0, 1.0, 0.5), List.of(0.0, 0.25, 0.125)));
    assertThat(image.problems()).isEmpty();
    assertThat(image.json()).isEqualTo(Samples.json(IMAGE).get("ome"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.6", "0.6.dev4", "0.6rc0", "0.6-rc.1", "0.6.1"})
  void tagsOfPreReleasesAreTakenAndKept(String tag) {
    ObjectNode attributes = Samples.json(IMAGE);
    ((ObjectNode) attributes.get("ome")).put("version", tag);
    ImageMetadata image = parse(attributes);
    assertThat(image.version()).isEqualTo(NgffVersion.V0_6);
    assertThat(image.problems()).isEmpty();
    assertThat(image.derived("a").json().path("version").textValue()).isEqualTo(tag);
    assertThat(image.derivedLabel("a").json().path("version").textValue()).isEqualTo(tag);
  }

  @Test
  void identityAndNamesInPlaceOfObjectsAreRead() {
    ObjectNode attributes = Samples.json(IMAGE);
    step(attributes, 0).removeAll();
    step(attributes, 0).put("type", "identity").put("input", "s0").put("output", "physical");
    assertThat(parse(attributes).datasets().get(0))
        .isEqualTo(Dataset.of("s0", List.of(1.0, 1.0, 1.0)));
  }

  @Test
  void newLevelsLeadToTheImagesOwnCoordinateSystem() {
    ImageMetadata image = parse(Samples.json(IMAGE));
    Dataset added = image.datasets().get(0).coarser("s2", List.of(1.0, 4.0, 4.0));
    ImageMetadata changed = image.withDatasets(List.of(image.datasets().get(0), added));
    assertThat(changed.datasets()).containsExactly(image.datasets().get(0), added);
    ObjectNode expected = Samples.json(IMAGE);
    ((ArrayNode) multiscale(expected.path("ome")).path("datasets"))
        .set(
            1,
            Samples.json(
                """
                {"path": "s2", "coordinateTransformations": [
                  {"type": "scale", "scale": [1.0, 2.0, 1.0],
                   "input": {"path": "s2"}, "output": {"name": "physical"}}]}
                """));
    assertThat(changed.json()).isEqualTo(expected.get("ome"));
  }

  @Test
  void aDerivedLabelHasTheOwnCoordinateSystemWithoutChannels() {
    ImageMetadata label = parse(Samples.json(IMAGE)).derivedLabel("nuclei");
    assertThat(label.json())
        .isEqualTo(
            Samples.json(
                """
                {"version": "0.6",
                 "image-label": {"source": {"image": "../../"}},
                 "multiscales": [{
                  "coordinateSystems": [
                    {"name": "physical", "axes": [
                      {"name": "y", "type": "space", "unit": "micrometer", "longName": "down"},
                      {"name": "x", "type": "space", "unit": "micrometer"}]}],
                  "datasets": [
                    {"path": "s0", "coordinateTransformations": [
                      {"type": "scale", "scale": [0.5, 0.25],
                       "input": {"path": "s0"}, "output": {"name": "physical"}}]},
                    {"path": "s1", "coordinateTransformations": [
                      {"type": "sequence", "transformations": [
                        {"type": "scale", "scale": [1.0, 0.5]},
                        {"type": "translation", "translation": [0.25, 0.125]}],
                       "input": {"path": "s1"}, "output": {"name": "physical"}}]}],
                  "name": "nuclei"}]}
                """));
  }

  @Test
  void newImagesAreAsTheSpecificationSays() {
    ImageMetadata image =
        ImageMetadata.create(
            NgffVersion.V0_6,
            Axes.of("y", "x"),
            List.of(Dataset.of("0", List.of(0.5, 0.5))),
            List.of());
    assertThat(image.json())
        .isEqualTo(
            Samples.json(
                """
                {"version": "0.6",
                 "multiscales": [{
                  "coordinateSystems": [
                    {"name": "physical", "axes": [
                      {"name": "y", "type": "space"}, {"name": "x", "type": "space"}]}],
                  "datasets": [
                    {"path": "0", "coordinateTransformations": [
                      {"type": "scale", "scale": [0.5, 0.5],
                       "input": {"path": "0"}, "output": {"name": "physical"}}]}]}]}
                """));
  }

  @Test
  void platesAndWellsHaveNoVersionOfTheirOwn() {
    OmeForm form = OmeForm.of(NgffVersion.V0_6);
    PlateMetadata plate =
        new PlateMetadata(Optional.empty(), List.of("A"), List.of("1"), List.of("A/1"), List.of());
    assertThat(PlateParser.toJson(form, plate).path("plate").has("version")).isFalse();
    assertThat(WellParser.toJson(form, List.of()).path("well").has("version")).isFalse();
  }

  @Test
  void aCoordinateSystemThatIsMissingIsNamed() {
    ObjectNode attributes = Samples.json(IMAGE);
    ((ObjectNode) multiscale(attributes.path("ome")).path("coordinateSystems").path(1))
        .put("name", "elsewhere");
    assertThatThrownBy(() -> parse(attributes))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("coordinateSystems must hold 'physical', which the first level");
  }

  @Test
  void aLevelThatLeadsElsewhereCannotBeUsed() {
    ObjectNode attributes = Samples.json(IMAGE);
    step(attributes, 1).putObject("output").put("name", "stage");
    ImageMetadata image = parse(attributes);
    assertThat(image.datasets()).hasSize(1);
    assertThat(image.problems().toString())
        .contains("datasets[1].coordinateTransformations must hold one that leads to 'physical'");
    step(attributes, 0).put("type", "affine");
    assertThatThrownBy(() -> parse(attributes))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("type must be identity, scale, translation, or a sequence of these");
  }
}
