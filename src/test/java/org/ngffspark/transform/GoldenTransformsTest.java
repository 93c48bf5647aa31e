// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.nd.NdArray;

/** Every built-in transform against numpy, scipy and scikit-image. */
class GoldenTransformsTest {
  private static final long OBJECT = 5;

  private final Map<String, MaskedTransform> transforms = new HashMap<>();
  private final JsonNode index = Golden.json("transforms/index.json");
  private final Map<String, NdArray> inputs = NpyFile.readAll(Golden.path("transforms/inputs.npz"));
  private final Map<String, NdArray> expected =
      NpyFile.readAll(Golden.path("transforms/expected.npz"));

  @Test
  void resultsAreThoseOfNumpyScipyAndScikitImage() {
    assertThat(index.size()).isEqualTo(expected.size()).isGreaterThan(1000);
    for (int i = 0; i < index.size(); i++) {
      JsonNode entry = index.get(i);
      String name = "case " + i + " " + entry;
      Golden.assertSame(name, result(entry), expected.get(Integer.toString(i)));
    }
  }

  private NdArray result(JsonNode entry) {
    MaskedPatch object = object(entry);
    Patch result = object.patch().copy();
    byte[] before = object.patch().pixels().bytes().clone();
    transform(entry).apply(object, result);
    assertThat(object.patch().pixels().bytes()).as("the input of %s", entry).isEqualTo(before);
    return result.pixels();
  }

  /** One per name and parameters, for it may keep what it has prepared. */
  private MaskedTransform transform(JsonNode entry) {
    return transforms.computeIfAbsent(
        entry.get("transform") + " " + entry.get("parameters"),
        key -> BuiltIn.transform(entry.get("transform").asText(), parameters(entry)));
  }

  private MaskedPatch object(JsonNode entry) {
    Patch patch = Patches.wrap(inputs.get(entry.get("patch").asText()), axes(entry, "axes"));
    Patch labels =
        Patches.wrap(inputs.get(entry.get("labels").asText()), axes(entry, "label_axes"));
    MaskedPatch object = MaskedPatch.of(patch, labels, OBJECT, List.of());
    return entry.get("written").asText().equals("box") ? object.unmasked() : object;
  }

  private static Axes axes(JsonNode entry, String field) {
    return Axes.of(entry.get(field).asText().split(""));
  }

  private static Map<String, String> parameters(JsonNode entry) {
    Map<String, String> given = new LinkedHashMap<>();
    entry
        .get("parameters")
        .properties()
        .forEach(field -> given.put(field.getKey(), field.getValue().asText()));
    return given;
  }

  @Test
  void everyBuiltInTransformHasGoldenValues() {
    for (MaskedTransform transform : Transforms.builtIn()) {
      assertThat(index.findValuesAsText("transform")).contains(transform.name());
    }
  }

  @Test
  void oneChannelAtATimeGivesTheSameAsAllChannels() {
    for (JsonNode entry : index) {
      Patch patch = Patches.wrap(inputs.get(entry.get("patch").asText()), axes(entry, "axes"));
      if (patch.axes().index(AxisName.C).orElse(-1) == 0) {
        NdArray whole = result(entry);
        for (long channel = 0; channel < patch.shape().get(0); channel++) {
          assertChannel(entry, whole, channel);
        }
      }
    }
  }

  private void assertChannel(JsonNode entry, NdArray whole, long channel) {
    MaskedPatch object = object(entry);
    Patch one = Channels.only(object.patch(), channel);
    MaskedPatch part = MaskedPatch.of(one, object.labels(), OBJECT, List.of());
    Patch result = one.copy();
    transform(entry).apply(part, result);
    Golden.assertSame(
        "channel " + channel + " of " + entry, result.pixels(), Channels.only(whole, channel));
  }
}
