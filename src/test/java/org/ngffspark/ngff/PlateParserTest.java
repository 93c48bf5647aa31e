// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;

class PlateParserTest {
  private static final PlateMetadata PLATE =
      new PlateMetadata(
          Optional.of("screen"),
          List.of("A", "B"),
          List.of("02", "03"),
          List.of("B/03", "A/02"),
          List.of(new Acquisition(0, Optional.of("first")), new Acquisition(7, Optional.empty())));

  private static OmeAttributes of(ObjectNode json) {
    return Samples.v2(json);
  }

  private static PlateMetadata parse(ObjectNode json, Problems problems) {
    return PlateParser.parse(of(json), problems);
  }

  @Test
  void aPlateIsReadAsItWasWritten() {
    Problems problems = new Problems();
    assertThat(parse(Samples.json(Samples.PLATE_0_4), problems)).isEqualTo(PLATE);
    ObjectNode written = PlateParser.toJson(OmeForm.of(NgffVersion.V0_4), PLATE);
    assertThat(parse(written, problems)).isEqualTo(PLATE);
    assertThat(problems.list()).isEmpty();
    ObjectNode expected = Samples.json(Samples.PLATE_0_4);
    ((ObjectNode) expected.get("plate")).remove("field_count");
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void wellsThatAreNoRowAndColumnAreLeftOut() {
    for (String path : List.of("B", "B/03/0", "../03", "B//03", "/B/03", "")) {
      ObjectNode json = Samples.json(Samples.PLATE_0_4);
      ((ObjectNode) json.path("plate").path("wells").path(0)).put("path", path);
      Problems problems = new Problems();
      assertThat(parse(json, problems).wells()).as(path).containsExactly("A/02");
      assertThat(problems.list()).as(path).hasSize(1);
      assertThat(problems.list().get(0).toString())
          .startsWith("img/.zattrs: plate.wells[0].path must be a r")
          .endsWith("; it is left out");
    }
  }

  @Test
  void wellsInRowsThatThePlateDoesNotListAreTaken() {
    ObjectNode json = Samples.json(Samples.PLATE_0_4);
    ((ObjectNode) json.path("plate").path("wells").path(0)).put("path", "C/03");
    Problems problems = new Problems();
    assertThat(parse(json, problems).wells()).containsExactly("C/03", "A/02");
    assertThat(problems.list())
        .containsExactly(
            new MetadataProblem(
                "img/.zattrs",
                "plate.wells[0].path is not in the rows and columns of the plate, got \"C/03\""));
  }

  @Test
  void whatIsListedTwiceIsThereOnce() {
    for (String list : List.of("rows", "columns", "wells", "acquisitions")) {
      ObjectNode json = Samples.json(Samples.PLATE_0_4);
      ((ArrayNode) json.path("plate").path(list))
          .add(json.path("plate").path(list).path(0).deepCopy());
      Problems problems = new Problems();
      assertThat(parse(json, problems)).isEqualTo(PLATE);
      assertThat(problems.list())
          .containsExactly(
              new MetadataProblem("img/.zattrs", "plate." + list + "[2] is listed twice"));
    }
  }

  @Test
  void oneWrongMemberIsLeftOut() {
    for (String list : List.of("rows", "columns", "wells", "acquisitions")) {
      ObjectNode json = Samples.json(Samples.PLATE_0_4);
      ((ArrayNode) json.path("plate").path(list)).add("wrong");
      Problems problems = new Problems();
      assertThat(parse(json, problems)).isEqualTo(PLATE);
      assertThat(problems.list())
          .containsExactly(
              new MetadataProblem(
                  "img/.zattrs",
                  "plate." + list + "[2] must be an object, got \"wrong\"; it is left out"));
    }
  }

  @Test
  void aWellIsReadAsItWasWritten() {
    OmeAttributes attributes = Samples.v3(Samples.json(Samples.WELL_0_5));
    Problems problems = new Problems();
    List<WellImage> images =
        List.of(
            new WellImage("0", OptionalInt.of(0)), new WellImage("0_blurred", OptionalInt.empty()));
    assertThat(WellParser.parse(attributes, problems)).isEqualTo(images);
    assertThat(problems.list()).isEmpty();
    assertThat(WellParser.toJson(OmeForm.of(NgffVersion.V0_5), images))
        .isEqualTo(attributes.ome().without("version"));
  }

  @Test
  void aVersionThatWasLeftInAWellIsNoted() {
    ObjectNode json = Samples.json(Samples.WELL_0_5);
    ((ObjectNode) json.path("ome").path("well")).put("version", "0.4");
    OmeAttributes attributes = Samples.v3(json);
    Problems problems = new Problems();
    attributes.note(problems);
    assertThat(WellParser.parse(attributes, problems)).hasSize(2);
    assertThat(problems.list())
        .singleElement()
        .hasToString("img/zarr.json: attributes.ome.well.version is \"0.4\"; read as 0.5");
  }

  @Test
  void imagesThatAreNotInTheWellAreLeftOut() {
    for (String path : List.of("..", "../0", "a/b", "", "\\0", ".zattrs")) {
      ObjectNode attributes = Samples.json(Samples.WELL_0_5);
      ((ObjectNode) attributes.path("ome").path("well").path("images").path(1)).put("path", path);
      Problems problems = new Problems();
      assertThat(WellParser.parse(Samples.v3(attributes), problems))
          .as(path)
          .containsExactly(new WellImage("0", OptionalInt.of(0)));
      assertThat(problems.list().toString())
          .contains("attributes.ome.well.images[1].path must be a name inside its group");
    }
  }
}
