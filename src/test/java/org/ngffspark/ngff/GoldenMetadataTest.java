// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Metadata that ngio wrote, compared with what ngio itself reads in them. */
class GoldenMetadataTest {
  private static final StorePath GOLDEN =
      StorePath.root(LocalStore.at(Path.of("src/test/resources/golden/images")));

  @ParameterizedTest
  @ValueSource(strings = {"plane-v04", "plane-v05-sharded", "series-v04", "series-v05"})
  void containersOfNgioAreReadAsNgioReadsThem(String name) {
    ObjectNode expected =
        (ObjectNode) Json.read(GOLDEN.child("containers.json")).orElseThrow().get(name);
    ImageNode image = ImageNode.open(GOLDEN.child(name + ".zarr"));
    assertLevels(image.metadata(), expected);
    List<Channel> channels = image.metadata().channels();
    assertThat(channels.stream().map(Channel::label).toList())
        .isEqualTo(texts(expected.get("channels")));
    assertThat(channels.stream().map(Channel::wavelengthId).toList())
        .isEqualTo(texts(expected.get("wavelengths")));
    for (Map.Entry<String, JsonNode> label : expected.get("labels").properties()) {
      ImageMetadata found = ImageNode.open(image.labels().child(label.getKey())).metadata();
      assertThat(found.isLabel()).isTrue();
      assertLevels(found, label.getValue());
    }
    assertThat(image.labels().names()).hasSize(expected.get("labels").size());
  }

  private static void assertLevels(ImageMetadata metadata, JsonNode expected) {
    assertThat(metadata.axes().names()).isEqualTo(texts(expected.get("axes")));
    JsonNode levels = expected.get("levels");
    assertThat(metadata.datasets()).hasSize(levels.size());
    for (int level = 0; level < levels.size(); level++) {
      Dataset dataset = metadata.datasets().get(level);
      assertThat(dataset.path()).isEqualTo(levels.get(level).get("path").textValue());
      List<Double> sizes = new ArrayList<>();
      levels.get(level).get("pixelSize").forEach(size -> sizes.add(size.doubleValue()));
      assertThat(dataset.scale()).isEqualTo(sizes);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
