// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.segment.Connectivity;
import org.ngffspark.segment.ObjectFinder;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.ThresholdFinder;
import org.ngffspark.segment.WholeSegmentation;

/** How new objects are found. */
public sealed interface Search extends Serializable {

  /** What decides about the objects: equal searches, equal descriptions. */
  ObjectNode described();

  /** File names of the jars that hold its code; empty if it comes with this program. */
  default Set<String> jars() {
    return Set.of();
  }

  private static ObjectNode described(Segmentation how) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode settings = json.putObject("segmentation");
    how.described().forEach(settings::put);
    return json;
  }

  private static ObjectNode described(ObjectFinder finder, Map<String, String> settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("finder", finder.name());
    json.put("code", finder.code());
    ObjectNode parameters = json.putObject("parameters");
    settings.forEach(parameters::put);
    return json;
  }

  /**
   * Inside each object of a label image, in what follows called its parent.
   *
   * @param parents objects that are looked into
   * @param finder configured
   * @param settings texts of its settings by name, to tell jobs apart
   * @param onError what becomes of a parent for which the finder fails
   */
  record InObjects(
      ObjectChoice parents, ObjectFinder finder, Map<String, String> settings, OnError onError)
      implements Search {
    public InObjects {
      settings = new TreeMap<>(settings);
    }

    @Override
    public ObjectNode described() {
      ObjectNode json =
          finder instanceof ThresholdFinder threshold
              ? Search.described(threshold.how())
              : Search.described(finder, settings);
      json.put("label", parents.labelName());
      json.put("ids", parents.labels().toString());
      json.put("on_error", onError.name().toLowerCase(Locale.ROOT));
      if (!parents.growth().toString().equals("1.0")) {
        json.put("zoom", parents.growth().toString());
      }
      if (!(parents.table() instanceof TableChoice.Automatic)) {
        json.put("table", parents.table().toString());
      }
      return json;
    }

    @Override
    public Set<String> jars() {
      return finder.jars();
    }
  }

  /** In the whole image, tile by tile. */
  sealed interface InImage extends Search {
    /**
     * The search in one channel of an image.
     *
     * @throws IllegalArgumentException if objects of such an image cannot be found so
     */
    WholeSegmentation in(ImageLevel level, int channel);
  }

  /** In the whole image, by a threshold. */
  record ByThreshold(Segmentation how) implements InImage {
    @Override
    public WholeSegmentation in(ImageLevel level, int channel) {
      return new WholeSegmentation(how, level, channel);
    }

    @Override
    public ObjectNode described() {
      return Search.described(how);
    }
  }

  /**
   * In the whole image, by a finder.
   *
   * @param finder configured
   * @param settings texts of its settings by name, to tell jobs apart
   * @param halo how far from a pixel the finder looks
   * @param connectivity of objects
   */
  record ByFinder(
      ObjectFinder finder, Map<String, String> settings, int halo, Connectivity connectivity)
      implements InImage {
    public ByFinder {
      settings = new TreeMap<>(settings);
      if (halo < 0) {
        throw new IllegalArgumentException("A halo has 0 or more pixels, got " + halo);
      }
    }

    @Override
    public WholeSegmentation in(ImageLevel level, int channel) {
      return WholeSegmentation.by(finder, halo, connectivity, level, channel);
    }

    @Override
    public ObjectNode described() {
      return Search.described(finder, settings)
          .put("halo", halo)
          .put("neighbours", connectivity.title());
    }

    @Override
    public Set<String> jars() {
      return finder.jars();
    }
  }
}
