// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.segment.Connectivity;
import org.ngffspark.segment.ObjectFinder;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.WholeSegmentation;

/** How new objects are found. */
public sealed interface Search extends Serializable {

  /** What is looked for, by names of settings: equal searches, equal texts. */
  Map<String, String> described();

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
    public Map<String, String> described() {
      Map<String, String> texts = new TreeMap<>(settings);
      texts.put("finder", finder.name());
      texts.put("code", finder.code());
      texts.put("label", parents.labelName());
      texts.put("zoom", parents.growth().toString());
      texts.put("table", parents.table().toString());
      texts.put("ids", parents.labels().toString());
      texts.put("on_error", onError.name());
      return texts;
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
    public Map<String, String> described() {
      return new TreeMap<>(Map.of("segmentation", how.toString()));
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
    public Map<String, String> described() {
      Map<String, String> texts = new TreeMap<>(settings);
      texts.put("finder", finder.name());
      texts.put("code", finder.code());
      texts.put("halo", Integer.toString(halo));
      texts.put("neighbours", connectivity.title());
      return texts;
    }
  }
}
