// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ngffspark.apply.Companions;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.VersionChange;

/** Finds what of an image has no counterpart in its copy. */
final class NotKept {
  private static final String LABELS = "labels/";
  private static final String TABLES = "tables/";
  private static final Set<String> METADATA = Set.of("zarr.json", "attributes.json");

  private final Container image;
  private final ConvertTask task;

  private NotKept(Container image, ConvertTask task) {
    this.image = image;
    this.task = task;
  }

  /** In words that are the same for images of which the same holds. */
  static List<String> of(Container image, ConvertTask task) {
    NotKept notKept = new NotKept(image, task);
    List<String> all = new ArrayList<>(notKept.ofMetadata());
    if (image.path().store().isListed()) {
      notKept.nodes().forEach(node -> all.add("'" + node + "', which no metadata list"));
    }
    return all;
  }

  private List<String> ofMetadata() {
    VersionChange change = task.layout().form().change();
    List<String> all = new ArrayList<>(change.lost(image.path()));
    for (String name : task.labels(image)) {
      change
          .lost(image.label(name).node().path())
          .forEach(lost -> all.add(lost + " of label image '" + name + "'"));
    }
    return all;
  }

  /** Nodes and files that are no level, label image or table, and no metadata of these. */
  private Set<String> nodes() {
    if (image.metadata().datasets().get(0).path().isEmpty()) {
      // A data set of N5 that is an image by itself has only its blocks.
      return Set.of();
    }
    int prefix = image.path().key("").length();
    List<String> known = known();
    Set<String> nodes = new TreeSet<>();
    for (String key : image.path().store().list(image.path().path())) {
      String name = key.substring(prefix);
      if (known.stream().noneMatch(name::startsWith) && !isMetadata(name)) {
        nodes.add(node(name));
      }
    }
    return nodes;
  }

  private List<String> known() {
    List<String> known = new ArrayList<>();
    image.metadata().datasets().stream().map(Dataset::path).forEach(path -> known.add(path + "/"));
    image.labels().forEach(name -> known.add(LABELS + name + "/"));
    image.tables().names().forEach(name -> known.add(TABLES + name + "/"));
    if (task.companions() == Companions.NONE) {
      known.add(LABELS);
    }
    if (task.companions() != Companions.LABELS_AND_TABLES) {
      known.add(TABLES);
    }
    return known;
  }

  /** Of the groups of an image; what begins with a dot is no node. */
  private static boolean isMetadata(String name) {
    int slash = name.lastIndexOf('/');
    boolean inGroup = slash < 0 || Set.of(LABELS, TABLES).contains(name.substring(0, slash + 1));
    String file = name.substring(slash + 1);
    return name.startsWith(".") || file.startsWith(".") || (inGroup && METADATA.contains(file));
  }

  /** The outermost part of a name that is not known. */
  private static String node(String name) {
    int from = name.startsWith(LABELS) || name.startsWith(TABLES) ? LABELS.length() : 0;
    int slash = name.indexOf('/', from);
    return slash < 0 ? name : name.substring(0, slash);
  }
}
