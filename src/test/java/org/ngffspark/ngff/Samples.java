// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.ngffspark.zarr.ZarrFormat;

/** Metadata as other programs write them. */
final class Samples {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Attributes of a 0.4 image with both kinds of transformations and fields of other programs. */
  static final String IMAGE_0_4 =
      """
      {
        "multiscales": [{
          "version": "0.4",
          "name": "before",
          "type": "gaussian",
          "metadata": {"method": "somewhere", "args": [1, null]},
          "axes": [
            {"name": "c", "type": "channel"},
            {"name": "z", "type": "space", "unit": "micrometer"},
            {"name": "y", "type": "space", "unit": "micrometer"},
            {"name": "x", "type": "space", "unit": "micrometer"}],
          "datasets": [
            {"path": "0", "note": "kept", "coordinateTransformations": [
              {"type": "scale", "scale": [1, 2.0, 0.5, 0.5]},
              {"type": "translation", "translation": [0, 1.0, 10.0, 20.0]}]},
            {"path": "1", "coordinateTransformations": [
              {"type": "scale", "scale": [1.0, 2.0, 1.0, 1.0]}]}],
          "coordinateTransformations": [{"type": "scale", "scale": [1.0, 0.5, 0.25, 0.25]}]
        }],
        "omero": {
          "rdefs": {"model": "color"},
          "channels": [
            {"label": "DAPI", "wavelength_id": "A01_C01", "color": "0000FF", "active": true,
             "window": {"min": 0, "max": 65535, "start": 110, "end": 800}},
            {"label": "GFP"},
            {}]},
        "lab": {"operator": "somebody"}
      }
      """;

  static final String IMAGE_0_5 =
      """
      {
        "ome": {
          "version": "0.5",
          "multiscales": [{
            "axes": [{"name": "y", "type": "space"}, {"name": "x", "type": "space"}],
            "datasets": [
              {"path": "scale0/image", "coordinateTransformations": [
                {"type": "scale", "scale": [0.1625, 0.1625]}]}]
          }],
          "image-label": {"source": {"image": "../../"}}
        },
        "other": 1
      }
      """;

  static final String PLATE_0_4 =
      """
      {"plate": {
        "version": "0.4", "name": "screen", "field_count": 1,
        "rows": [{"name": "A"}, {"name": "B"}],
        "columns": [{"name": "02"}, {"name": "03"}],
        "acquisitions": [{"id": 0, "name": "first"}, {"id": 7}],
        "wells": [
          {"path": "B/03", "rowIndex": 1, "columnIndex": 1},
          {"path": "A/02", "rowIndex": 0, "columnIndex": 0}]}}
      """;

  static final String WELL_0_5 =
      """
      {"ome": {"version": "0.5", "well": {
        "images": [{"path": "0", "acquisition": 0}, {"path": "0_blurred"}], "version": "0.5"}}}
      """;

  private Samples() {}

  /** The OME part of the attributes of a group {@code img}, of Zarr v2. */
  static OmeAttributes v2(ObjectNode attributes) {
    return OmeAttributes.find(ZarrFormat.V2, "img", attributes).orElseThrow();
  }

  /** The OME part of the attributes of a group {@code img}, of Zarr v3. */
  static OmeAttributes v3(ObjectNode attributes) {
    return OmeAttributes.find(ZarrFormat.V3, "img", attributes).orElseThrow();
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
