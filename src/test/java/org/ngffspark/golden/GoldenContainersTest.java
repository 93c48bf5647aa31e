// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.ngff.Channel;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;

/** What ngio says of its containers: levels, pixel sizes, channels, labels, tables and regions. */
final class GoldenContainersTest {

  @ParameterizedTest
  @ValueSource(strings = {"plane-v04", "plane-v05-sharded", "series-v04", "series-v05"})
  void levelsAndChannelsAreThoseThatNgioSees(String name) {
    Container container = open(name);
    JsonNode facts = facts(name);
    assertThat(container.image().axes().names()).isEqualTo(texts(facts.get("axes")));
    assertThat(container.levels()).isEqualTo(facts.get("levels").size());
    for (int level = 0; level < container.levels(); level++) {
      assertLevel(container.image(level), facts.get("levels").get(level));
    }
    assertThat(container.channels().stream().map(Channel::label))
        .isEqualTo(texts(facts.get("channels")));
    assertThat(container.tables().names()).isEqualTo(texts(facts.get("tables")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plane-v04", "plane-v05-sharded", "series-v04", "series-v05"})
  void labelsAreThoseThatNgioSees(String name) {
    Container container = open(name);
    JsonNode labels = facts(name).get("labels");
    List<String> names = labels.properties().stream().map(Map.Entry::getKey).toList();
    assertThat(container.labels()).isEqualTo(names);
    for (String label : names) {
      JsonNode levels = labels.get(label).get("levels");
      for (int level = 0; level < levels.size(); level++) {
        assertLevel(container.label(label, level), levels.get(level));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plane-v04", "plane-v05-sharded", "series-v04", "series-v05"})
  void objectsLieWhereNgioSeesThem(String name) {
    Container container = open(name);
    JsonNode labels = facts(name).get("labels");
    for (String label : container.labels()) {
      MaskingRois rois = container.maskedImage(label).rois();
      JsonNode expected = labels.get(label).get("rois");
      assertThat(rois.size()).as("%s %s", name, label).isEqualTo(expected.size());
      expected.properties().forEach(entry -> assertRoi(rois, entry, name + " " + label));
    }
  }

  private static void assertRoi(MaskingRois rois, Map.Entry<String, JsonNode> entry, String what) {
    Roi roi = rois.roi(Long.parseLong(entry.getKey()));
    for (Map.Entry<String, JsonNode> axis : entry.getValue().properties()) {
      JsonNode range = axis.getValue();
      assertThat(roi.interval(AxisName.ofNgffName(axis.getKey()).orElseThrow()))
          .as("%s object %s axis %s", what, entry.getKey(), axis.getKey())
          .isEqualTo(Interval.of(range.get(0).asDouble(), range.get(1).asDouble()));
    }
  }

  private static void assertLevel(ImageLevel level, JsonNode facts) {
    assertThat(level.path()).isEqualTo(facts.get("path").asText());
    assertThat(level.type().zarrName()).isEqualTo(facts.get("type").asText());
    assertThat(level.shape().rank()).isEqualTo(facts.get("shape").size());
    for (int axis = 0; axis < level.shape().rank(); axis++) {
      assertThat(level.shape().get(axis)).isEqualTo(facts.get("shape").get(axis).asLong());
      assertThat(level.grid().pixelSize(axis))
          .as("pixel size of %s on axis %d", level, axis)
          .isEqualTo(facts.get("pixelSize").get(axis).asDouble());
    }
  }

  private static Container open(String name) {
    return Container.open(Golden.path("images/" + name + ".zarr").toString());
  }

  private static JsonNode facts(String name) {
    return Golden.json("images/containers.json").get(name);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
