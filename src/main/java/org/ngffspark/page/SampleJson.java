// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.ngffspark.samples.ChannelSums;
import org.ngffspark.samples.FeatureRow;
import org.ngffspark.samples.FeatureSummary;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.ObjectFrame;
import org.ngffspark.samples.ObjectSample;
import org.ngffspark.samples.SampledChannel;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.samples.SampledValues;
import org.ngffspark.samples.ValueSum;
import org.ngffspark.zarr.nd.Box;

/** What a run shows of an image, as a line of JSON. Ids are texts: JSON's numbers lose digits. */
final class SampleJson {
  private SampleJson() {}

  static ObjectNode of(String input, ImageSample sample) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("kind", "sample").put("input", input);
    line.put("remark", sample.remark());
    ArrayNode channels = line.putArray("channels");
    sample
        .channels()
        .forEach(each -> channels.addObject().put("name", each.name()).put("color", each.color()));
    ArrayNode sums = line.putArray("sums");
    sample.sums().forEach(each -> sums.add(sums(each)));
    ArrayNode thumbnails = line.putArray("thumbnails");
    sample
        .thumbnails()
        .forEach(
            each ->
                thumbnails
                    .addObject()
                    .put("width", each.width())
                    .put("height", each.height())
                    .put("jpeg", each.jpeg()));
    ArrayNode objects = line.putArray("objects");
    sample.objects().forEach(each -> objects.add(object(each)));
    if (!sample.features().isNone()) {
      line.set("features", features(sample.features()));
    }
    return line;
  }

  private static ObjectNode sums(ChannelSums sums) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("channel", sums.channel());
    ArrayNode times = node.putArray("times");
    for (ValueSum time : sums.times()) {
      times.addObject().put("pixels", time.pixels()).set("mean", number(time.mean()));
    }
    return node;
  }

  private static ObjectNode features(SampledFeatures features) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode summaries = node.putArray("summaries");
    for (FeatureSummary each : features.summaries()) {
      ObjectNode summary =
          summaries.addObject().put("name", each.name()).put("count", each.count());
      summary.set("mean", number(each.mean()));
    }
    features.ends().forEach(node.putArray("ends")::add);
    features.objects().forEach(each -> node.withArray("objects").add(row(each)));
    features.extremes().forEach(each -> node.withArray("extremes").add(row(each)));
    return node;
  }

  private static ObjectNode row(FeatureRow row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("label", Long.toUnsignedString(row.label()));
    Arrays.stream(row.values()).forEach(value -> node.withArray("values").add(number(value)));
    return node;
  }

  /** JSON has no NaN and no infinity. */
  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? JsonNodeFactory.instance.numberNode(value)
        : JsonNodeFactory.instance.nullNode();
  }

  private static ObjectNode object(ObjectSample sample) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("label", Long.toUnsignedString(sample.label())).put("pixels", sample.pixels());
    Box box = sample.box();
    for (int axis = 0; axis < box.rank(); axis++) {
      node.withArray("start").add(box.start(axis));
      node.withArray("shape").add(box.length(axis));
    }
    sample.pixelSize().forEach(node.putArray("pixel_size")::add);
    ObjectFrame frame = sample.frame();
    if (!frame.isNone()) {
      node.putObject("frame")
          .put("width", frame.width())
          .put("height", frame.height())
          .put("step", frame.step())
          .put("mask", frame.mask());
    }
    ArrayNode channels = node.putArray("channels");
    sample.channels().forEach(each -> channels.add(channel(each)));
    return node;
  }

  private static ObjectNode channel(SampledChannel channel) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("channel", channel.channel()).put("changed", channel.changed());
    node.put("low", channel.low()).put("high", channel.high());
    node.put("step", channel.step());
    ArrayNode times = node.putArray("times");
    for (SampledValues values : channel.times()) {
      ObjectNode time = times.addObject().put("mean", values.mean());
      Arrays.stream(values.bins()).forEach(time.putArray("bins")::add);
      Arrays.stream(values.counts()).forEach(time.putArray("counts")::add);
      if (values.picture().length > 0) {
        time.put("picture", values.picture());
      }
    }
    return node;
  }
}
