// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.store.FormatException;

/**
 * What metadata say about one image or label image: axes, levels, channels. Immutable; changes give
 * new values in which all fields that are not known here survive. Of several multiscales the first
 * counts.
 */
public final class ImageMetadata {
  private static final String MULTISCALES = "multiscales";
  private static final String OMERO = "omero";
  private static final String IMAGE_LABEL = "image-label";
  private static final String SOURCE = "source";
  private static final String IMAGE = "image";
  private static final String VERSION = "version";
  private static final String NAME = "name";
  private static final String THE_IMAGE_AROUND = "../../";

  private final NgffVersion version;
  private final ObjectNode json;
  private final Axes axes;
  private final List<Dataset> datasets;
  private final List<Channel> channels;
  private final Optional<String> name;

  private ImageMetadata(NgffVersion version, JsonView view) {
    this.version = version;
    this.json = (ObjectNode) view.node();
    JsonView multiscale = view.require(MULTISCALES).someElements().get(0);
    OmeAttributes.checkVersion(multiscale, version);
    this.axes = MultiscaleParser.axes(multiscale);
    this.datasets = List.copyOf(MultiscaleParser.datasets(multiscale, axes.rank()));
    this.name = multiscale.find(NAME).map(JsonView::text);
    this.channels = view.find(OMERO).map(OmeroParser::channels).map(List::copyOf).orElse(List.of());
    view.find(IMAGE_LABEL).ifPresent(JsonView::requireObject);
  }

  static ImageMetadata parse(OmeAttributes attributes) {
    return new ImageMetadata(attributes.version(), attributes.copy().view());
  }

  /**
   * Metadata of a new image.
   *
   * @param channels what {@code omero} lists; empty leaves it out
   * @throws IllegalArgumentException if there is no level, a level has not one number an axis, or
   *     levels are not in the order from fine to coarse
   */
  public static ImageMetadata create(
      NgffVersion version, Axes axes, List<Dataset> datasets, List<Channel> channels) {
    ObjectNode ome = JsonNodeFactory.instance.objectNode();
    putMultiscale(ome, version, axes, datasets);
    if (!channels.isEmpty()) {
      ome.set(OMERO, OmeroParser.toJson(channels));
    }
    return reparsed(version, ome);
  }

  private static void putMultiscale(
      ObjectNode ome, NgffVersion version, Axes axes, List<Dataset> datasets) {
    if (version == NgffVersion.V0_5) {
      ome.put(VERSION, version.text());
    }
    ObjectNode multiscale = ome.putArray(MULTISCALES).addObject();
    multiscale.set("axes", MultiscaleParser.axesJson(axes));
    multiscale.set("datasets", MultiscaleParser.datasetsJson(datasets));
    if (version == NgffVersion.V0_4) {
      multiscale.put(VERSION, version.text());
    }
  }

  /**
   * What we made ourselves from a caller's values: what is wrong with it is the caller's mistake.
   */
  private static ImageMetadata reparsed(NgffVersion version, ObjectNode ome) {
    try {
      return new ImageMetadata(version, new JsonView("the new metadata", "", ome));
    } catch (FormatException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  public NgffVersion version() {
    return version;
  }

  public Axes axes() {
    return axes;
  }

  /** The levels, finest first; at least one. */
  public List<Dataset> datasets() {
    return datasets;
  }

  /** Pixel size of a level, 0 for the finest. */
  public PixelSize pixelSize(int level) {
    return PixelSize.of(
        axes, datasets.get(level).scale().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The channels that {@code omero} lists; empty if it lists none. */
  public List<Channel> channels() {
    return channels;
  }

  /** The name of the multiscale. */
  public Optional<String> name() {
    return name;
  }

  /** Whether the metadata say that this is a label image. */
  public boolean isLabel() {
    return json.path(IMAGE_LABEL).isObject();
  }

  /** All fields, known or not, as they are written; a copy. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The fields themselves, for writing only. */
  ObjectNode ome() {
    return json;
  }

  /**
   * The same image with other levels. Levels that are as before keep their unknown fields.
   *
   * @throws IllegalArgumentException as {@link #create}
   */
  public ImageMetadata withDatasets(List<Dataset> changed) {
    ObjectNode copy = json();
    MultiscaleParser.replaceDatasets(firstMultiscale(copy), datasets, changed);
    return reparsed(version, copy);
  }

  /** The same levels, axes and channels under another name: an image derived from this one. */
  public ImageMetadata derived(String newName) {
    ObjectNode copy = json();
    ArrayNode multiscales = (ArrayNode) copy.get(MULTISCALES);
    while (multiscales.size() > 1) {
      multiscales.remove(1);
    }
    ((ObjectNode) multiscales.get(0)).put(NAME, newName);
    return reparsed(version, copy);
  }

  /** A label image of this image: the same levels, without channel axis. */
  public ImageMetadata derivedLabel(String labelName) {
    List<Dataset> levels = new ArrayList<>(datasets);
    axes.index("c").ifPresent(axis -> levels.replaceAll(level -> level.without(axis)));
    ObjectNode ome = JsonNodeFactory.instance.objectNode();
    ObjectNode imageLabel = ome.putObject(IMAGE_LABEL);
    imageLabel.putObject(SOURCE).put(IMAGE, THE_IMAGE_AROUND);
    imageLabel.put(VERSION, version.text());
    putMultiscale(ome, version, axes.without("c"), levels);
    ((ObjectNode) ome.get(MULTISCALES).get(0)).put(NAME, NodeName.checked(labelName));
    return reparsed(version, ome);
  }

  private static JsonView firstMultiscale(JsonNode ome) {
    return new JsonView("", MULTISCALES + "[0]", ome.get(MULTISCALES).get(0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageMetadata that && version == that.version && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return "NGFF " + version + " " + json;
  }
}
