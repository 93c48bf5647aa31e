// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.PixelTarget;

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
    json.put("source", source);
    json.put("label", spec.objects().labelName());
    json.put("transform", spec.transformName());
    ObjectNode parameters = json.putObject("parameters");
    spec.parameters().forEach(parameters::put);
    if (spec.pixels() instanceof PixelTarget.OfImage image) {
      image.channels().forEach(json.putArray("channels")::add);
    } else if (spec.pixels() instanceof PixelTarget.OfLabel label) {
      json.put("on_label", label.name());
    }
    json.put("level", spec.pixels().level());
    json.put("zoom", spec.objects().zoom());
    json.put("ids", spec.objects().labels().toString());
    json.put("write", spec.write().name().toLowerCase(Locale.ROOT));
    json.put("pyramid", spec.pyramid().name().toLowerCase(Locale.ROOT));
    json.put("on_error", spec.onError().name().toLowerCase(Locale.ROOT));
    if (spec.objects().table() instanceof TableChoice.Named table) {
      json.put("table", table.name());
    }
    return json;
  }
}
