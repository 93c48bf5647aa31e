// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.store.FormatException;

class PlateParserTest {
  private static final PlateMetadata PLATE =
      new PlateMetadata(
          Optional.of("screen"),
          List.of("A", "B"),
          List.of("02", "03"),
          List.of("B/03", "A/02"),
          List.of(new Acquisition(0, Optional.of("first")), new Acquisition(7, Optional.empty())));

  private static OmeAttributes of(ObjectNode json) {
    return new OmeAttributes(NgffVersion.V0_4, "plate/.zattrs", json);
  }

  @Test
  void aPlateIsReadAsItWasWritten() {
    assertThat(PlateParser.parse(of(Samples.json(Samples.PLATE_0_4)))).isEqualTo(PLATE);
    ObjectNode written = PlateParser.toJson(NgffVersion.V0_4, PLATE);
    assertThat(PlateParser.parse(of(written))).isEqualTo(PLATE);
    ObjectNode expected = Samples.json(Samples.PLATE_0_4);
    ((ObjectNode) expected.get("plate")).remove("field_count");
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void wellPathsAreARowAndAColumn() {
    for (String path : List.of("B", "B/03/0", "C/03", "03/B", "../03", "B//03", "/B/03")) {
      ObjectNode json = Samples.json(Samples.PLATE_0_4);
      ((ObjectNode) json.path("plate").path("wells").path(0)).put("path", path);
      assertThatThrownBy(() -> PlateParser.parse(of(json)))
          .as(path)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("plate/.zattrs: plate.wells[0].path must be");
    }
  }

  @Test
  void nothingIsListedTwice() {
    for (String list : List.of("rows", "columns", "wells", "acquisitions")) {
      ObjectNode json = Samples.json(Samples.PLATE_0_4);
      ((ArrayNode) json.path("plate").path(list))
          .add(json.path("plate").path(list).path(0).deepCopy());
      assertThatThrownBy(() -> PlateParser.parse(of(json)))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("must not be listed twice");
    }
  }

  @Test
  void aWellIsReadAsItWasWritten() {
    ObjectNode ome = (ObjectNode) Samples.json(Samples.WELL_0_5).get("ome");
    OmeAttributes attributes = new OmeAttributes(NgffVersion.V0_5, "zarr.json", ome);
    List<WellImage> images =
        List.of(
            new WellImage("0", OptionalInt.of(0)), new WellImage("0_blurred", OptionalInt.empty()));
    assertThat(WellParser.parse(attributes)).isEqualTo(images);
    assertThat(WellParser.toJson(NgffVersion.V0_5, images)).isEqualTo(ome.without("version"));
  }

  @Test
  void imagesOfAWellStayInTheWell() {
    for (String path : List.of("..", "../0", "a/b", "", "\\0", ".zattrs")) {
      ObjectNode ome = (ObjectNode) Samples.json(Samples.WELL_0_5).get("ome");
      ((ObjectNode) ome.path("well").path("images").path(1)).put("path", path);
      assertThatThrownBy(
              () -> WellParser.parse(new OmeAttributes(NgffVersion.V0_5, "zarr.json", ome)))
          .as(path)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("well.images[1].path must be a name inside its group");
    }
  }
}
