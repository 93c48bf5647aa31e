// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.ngffspark.n5.N5Image;
import org.ngffspark.ngff.OmeForm.Place;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** Metadata of images, plates and wells in the form of another version of OME-NGFF, or of N5. */
public final class VersionChange {
  private static final List<String> OME_FIELDS =
      List.of(
          "multiscales",
          "omero",
          "image-label",
          "labels",
          "plate",
          "well",
          "bioformats2raw.layout",
          "series");
  private static final List<String> WITH_VERSION = List.of("plate", "well", "image-label", "omero");

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
   * @throws IllegalArgumentException if what they say has no form in that version
   */
  public ObjectNode attributes(StorePath group) {
    return attributes(group, ome -> {});
  }

  /**
   * As {@link #attributes(StorePath)}, with changes of what OME-NGFF defines.
   *
   * @param edit changes the fields of OME-NGFF, those that {@code ome} holds from 0.5 on
   */
  public ObjectNode attributes(StorePath group, Consumer<ObjectNode> edit) {
    OmeGroup source = OmeGroup.open(group);
    OmeForm from = source.attributes().form();
    if ((from.version() == NgffVersion.V0_6) != (to.version() == NgffVersion.V0_6)) {
      throw new IllegalArgumentException(
          "NGFF %s of %s has coordinate systems where %s has none, or the other way round"
              .formatted(from.version(), group, to.version()));
    }
    boolean n5 = from.format() == ZarrFormat.N5;
    ObjectNode others = n5 ? source.attributes().ome().deepCopy() : source.group().attributes();
    ObjectNode ome = taken(others, from);
    if (n5) {
      others.remove(N5_FIELDS);
    }
    changeVersions(ome);
    edit.accept(ome);
    return joined(ome, others);
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

  private void changeVersions(ObjectNode ome) {
    for (JsonNode entry : ome.path("multiscales")) {
      changeVersion((ObjectNode) entry);
      int level = 0;
      for (JsonNode dataset : entry.path("datasets")) {
        ObjectNode node = (ObjectNode) dataset;
        node.put("path", level(node.path("path").asText(), level++));
        node.remove("transform");
      }
    }
    for (String name : WITH_VERSION) {
      if (ome.get(name) instanceof ObjectNode part && part.has(OmeForm.VERSION)) {
        part.put(OmeForm.VERSION, to.tag());
      }
    }
  }

  /** From 0.5 on the version stands once, in {@code ome}. */
  private void changeVersion(ObjectNode multiscale) {
    if (to.place() == Place.ATTRIBUTES) {
      multiscale.put(OmeForm.VERSION, to.tag());
    } else {
      multiscale.remove(OmeForm.VERSION);
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
