// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ngffspark.n5.N5Image;
import org.ngffspark.ngff.OmeForm.Place;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Metadata of images, plates and wells in the form of another version of OME-NGFF, or of N5. */
public final class VersionChange {
  private static final List<String> WITH_VERSION = List.of("plate", "well", "image-label");
  private static final String OMERO = "omero";
  private static final String MULTISCALES = "multiscales";
  private static final String LABELS = "labels";
  private static final List<String> OME_FIELDS =
      List.of(
          MULTISCALES,
          OMERO,
          "image-label",
          LABELS,
          "plate",
          "well",
          "bioformats2raw.layout",
          "series");

  /** What {@link N5Image#attributes} adds, and what else says the same of levels. */
  private static final List<String> N5_FIELDS =
      List.of(
          "n5",
          "scales",
          "pixelResolution",
          "downsamplingFactors",
          "resolution",
          "axes",
          "units",
          "transform",
          "multiScale",
          "dataType");

  /** What attributes of a level in N5 say of its pixels; groups that are written say it. */
  private static final List<String> OF_N5_LEVELS = List.of("transform", "axes");

  private final OmeForm to;

  private VersionChange(OmeForm to) {
    this.to = to;
  }

  public static VersionChange to(NgffVersion version) {
    return new VersionChange(OmeForm.of(version));
  }

  public static VersionChange toN5() {
    NgffVersion told = NgffVersion.V0_4;
    return new VersionChange(new OmeForm(told, told.text(), ZarrFormat.N5, Place.ATTRIBUTES));
  }

  /** What arrays and groups are written in. */
  public ZarrFormat format() {
    return to.format();
  }

  /**
   * The name of a level: {@code s0} in N5, where programs look for it, {@code 0} for such a level
   * in Zarr and for a data set of N5 that is an image by itself, else as it is.
   */
  public String level(String path, int level) {
    if (to.format() == ZarrFormat.N5) {
      return "s" + level;
    }
    return path.isEmpty() || path.equals("s" + level) ? "" + level : path;
  }

  /**
   * All attributes of a group as they are to be written; those that are not known are carried.
   *
   * @throws FormatException if it is no group of OME-Zarr
   */
  public ObjectNode attributes(StorePath group) {
    return attributes(group, ome -> {});
  }

  /**
   * As {@link #attributes(StorePath)}, with changes of what OME-NGFF defines. What {@link #lost}
   * names is left out.
   *
   * @param edit changes the fields of OME-NGFF, those that {@code ome} holds from 0.5 on
   */
  public ObjectNode attributes(StorePath group, Consumer<ObjectNode> edit) {
    OmeGroup source = OmeGroup.open(group);
    OmeForm from = source.attributes().form();
    boolean n5 = from.format() == ZarrFormat.N5;
    ObjectNode others = n5 ? source.attributes().ome().deepCopy() : source.group().attributes();
    ObjectNode ome = taken(others, from);
    if (n5) {
      others.remove(N5_FIELDS);
    }
    changeMultiscales(ome, from.format());
    changeVersions(ome, from);
    edit.accept(ome);
    return joined(ome, others);
  }

  /**
   * What the attributes of an image say that has no counterpart: levels that are of no image, and
   * what only the other versions know.
   *
   * @throws FormatException if it is no group of OME-Zarr
   */
  public List<String> lost(StorePath image) {
    OmeGroup source = OmeGroup.open(image);
    JsonView multiscales = source.attributes().view().require(MULTISCALES);
    List<String> lost = new ArrayList<>();
    for (JsonView further : multiscales.someElements().subList(1, multiscales.elements().size())) {
      String name = further.node().path("name").asText();
      lost.add("further multiscales" + (name.isEmpty() ? "" : " '" + name + "'"));
    }
    JsonView first = multiscales.elements().get(0);
    lost.addAll(FormChange.of(first, source.group().format(), to.version()).lost());
    return lost;
  }

  /** The attributes of an array as they are to be written. */
  public ObjectNode ofArray(ZarrFormat from, ObjectNode attributes) {
    ObjectNode carried = attributes.deepCopy();
    if (from == ZarrFormat.N5) {
      carried.remove(N5_FIELDS);
      carried.remove(OF_N5_LEVELS);
    }
    return carried;
  }

  /** The attributes of a group of label images as they are to be written, without their names. */
  public ObjectNode ofLabels(ObjectNode attributes) {
    ObjectNode others = attributes.deepCopy();
    ObjectNode ome = attributes.objectNode();
    if (others.remove(OmeForm.OME) instanceof ObjectNode under) {
      under.remove(OmeForm.VERSION);
      ome.setAll(under);
    }
    others.remove(LABELS);
    ome.remove(LABELS);
    others.remove("n5");
    return ome.isEmpty() ? others : joined(ome, others);
  }

  /** Takes the OME part out of the attributes. */
  private static ObjectNode taken(ObjectNode attributes, OmeForm from) {
    if (from.place() == Place.OME) {
      ObjectNode ome = (ObjectNode) attributes.remove(OmeForm.OME);
      ome.remove(OmeForm.VERSION);
      return ome;
    }
    ObjectNode ome = attributes.objectNode();
    for (String name : OME_FIELDS) {
      if (attributes.has(name)) {
        ome.set(name, attributes.remove(name));
      }
    }
    return ome;
  }

  /** Only levels of the first entry are those of an image. */
  private void changeMultiscales(ObjectNode ome, ZarrFormat format) {
    if (!(ome.get(MULTISCALES) instanceof ArrayNode entries)) {
      return;
    }
    while (entries.size() > 1) {
      entries.remove(1);
    }
    ObjectNode entry = (ObjectNode) entries.get(0);
    JsonView view = new JsonView("the metadata", MULTISCALES + "[0]", entry);
    FormChange.of(view, format, to.version()).apply();
    int level = 0;
    for (JsonNode dataset : entry.path("datasets")) {
      String before = dataset.path("path").asText();
      rename((ObjectNode) dataset, before, level(before, level++));
    }
    if (to.place() == Place.ATTRIBUTES) {
      entry.put(OmeForm.VERSION, to.tag());
    } else {
      entry.remove(OmeForm.VERSION);
    }
  }

  private static void rename(ObjectNode dataset, String before, String name) {
    dataset.put("path", name);
    dataset.remove("transform");
    for (JsonNode step : dataset.path(MultiscaleForm.TRANSFORMATIONS)) {
      CoordinateSystems.renameInput((ObjectNode) step, before, name);
    }
  }

  /** From 0.5 on the version stands once, in {@code ome}; in 0.6 it must stand nowhere else. */
  private void changeVersions(ObjectNode ome, OmeForm from) {
    for (String name : WITH_VERSION) {
      if (ome.get(name) instanceof ObjectNode part) {
        if (to.version() == NgffVersion.V0_6) {
          part.remove(OmeForm.VERSION);
        } else if (part.has(OmeForm.VERSION) || from.version() == NgffVersion.V0_6) {
          part.put(OmeForm.VERSION, to.tag());
        }
      }
    }
    if (ome.get(OMERO) instanceof ObjectNode omero && omero.has(OmeForm.VERSION)) {
      omero.put(OmeForm.VERSION, to.tag());
    }
  }

  private ObjectNode joined(ObjectNode ome, ObjectNode others) {
    if (to.place() == Place.OME) {
      others.putObject(OmeForm.OME).put(OmeForm.VERSION, to.tag()).setAll(ome);
      return others;
    }
    others.setAll(ome);
    return to.format() == ZarrFormat.N5 ? N5Image.attributes(others) : others;
  }
}
