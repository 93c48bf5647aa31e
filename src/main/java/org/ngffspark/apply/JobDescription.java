// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.ngffspark.history.JobRecord;
import org.ngffspark.image.LabelGrid;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Growth;
import org.ngffspark.transform.TransformSequence;
import org.ngffspark.transform.TransformStep;

/** A job in words that decide about pixels: two with the same description do the same. */
public final class JobDescription {
  private JobDescription() {}

  /**
   * Describes what is done to one image.
   *
   * @param source the image that is read, as seen from the one that is written
   */
  public static ObjectNode of(TransformSpec spec, String source) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(JobRecord.SOURCE, source);
    json.put("label", spec.objects().labelName());
    if (spec.transform() instanceof TransformSequence sequence) {
      ArrayNode steps = json.putArray("steps");
      for (TransformStep step : sequence.steps()) {
        put(step.name(), step.parameters(), steps.addObject());
      }
    } else {
      put(spec.transformName(), spec.parameters(), json);
    }
    if (!spec.code().isEmpty()) {
      json.put("code", spec.code());
    }
    if (spec.pixels() instanceof PixelTarget.OfImage image) {
      image.channels().forEach(json.putArray("channels")::add);
    } else if (spec.pixels() instanceof PixelTarget.OfLabel label) {
      json.put("on_label", label.name());
    }
    json.put("level", spec.pixels().level());
    Growth growth = spec.objects().growth();
    if (growth.isPlain()) {
      json.put("zoom", growth.factors().get(AxisName.X));
    } else {
      json.put("zoom", growth.zoomText()).put("pad", growth.paddingText());
    }
    json.put("ids", spec.objects().labels().toString());
    json.put("write", spec.write().name().toLowerCase(Locale.ROOT));
    json.put("pyramid", spec.pyramid().name().toLowerCase(Locale.ROOT));
    json.put("on_error", spec.onError().name().toLowerCase(Locale.ROOT));
    if (spec.objects().grid() != LabelGrid.WORLD) {
      json.put("label_grid", spec.objects().grid().name().toLowerCase(Locale.ROOT));
    }
    if (spec.objects().table() instanceof TableChoice.Named table) {
      json.put("table", table.name());
    }
    return json;
  }

  private static void put(String transform, Map<String, String> parameters, ObjectNode json) {
    json.put("transform", transform);
    ObjectNode values = json.putObject("parameters");
    parameters.forEach(values::put);
  }
}
