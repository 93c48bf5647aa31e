// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;
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
  private static final String NAME = "name";
  private static final String THE_IMAGE_AROUND = "../../";

  private final OmeForm form;
  private final JsonView view;
  private final Multiscale multiscale;
  private final List<Channel> channels;
  private final Optional<String> name;
  private final List<MetadataProblem> problems;

  private ImageMetadata(OmeForm form, JsonView view, Problems problems) {
    this.form = form;
    this.view = view;
    JsonView entry = view.require(MULTISCALES).someElements().get(0);
    this.multiscale = MultiscaleParser.parse(entry, form.format(), problems);
    this.name = entry.find(NAME).flatMap(found -> text(found, problems));
    this.channels =
        view.find(OMERO)
            .map(omero -> List.copyOf(OmeroParser.channels(omero, problems)))
            .orElse(List.of());
    view.find(IMAGE_LABEL)
        .filter(label -> !label.node().isObject())
        .ifPresent(label -> problems.add(label, "is no object, but " + label.quote()));
    this.problems = problems.list();
  }

  private static Optional<String> text(JsonView view, Problems problems) {
    return problems.member(view, JsonView::text, "there is no name");
  }

  static ImageMetadata parse(OmeAttributes attributes) {
    Problems problems = new Problems();
    attributes.note(problems);
    return new ImageMetadata(attributes.form(), attributes.copy().view(), problems);
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
    OmeForm form = OmeForm.of(version);
    ObjectNode ome = newImage(form);
    add(ome, form, MultiscaleForm.of(version), AxesParser.toJson(axes), datasets);
    if (!channels.isEmpty()) {
      ome.set(OMERO, OmeroParser.toJson(channels));
    }
    return reparsed(form, ome);
  }

  private static ObjectNode newImage(OmeForm form) {
    ObjectNode ome = JsonNodeFactory.instance.objectNode();
    return form.place() == OmeForm.Place.OME ? ome.put(OmeForm.VERSION, form.tag()) : ome;
  }

  private static ObjectNode add(
      ObjectNode ome, OmeForm form, MultiscaleForm kind, ArrayNode axes, List<Dataset> datasets) {
    ObjectNode entry = MultiscaleParser.create(kind, axes, datasets);
    ome.putArray(MULTISCALES).add(entry);
    return form.version() == NgffVersion.V0_4 ? entry.put(OmeForm.VERSION, form.tag()) : entry;
  }

  /**
   * What we made ourselves from a caller's values: what is wrong with it is the caller's mistake.
   */
  private static ImageMetadata reparsed(OmeForm form, ObjectNode ome) {
    try {
      Problems problems = new Problems();
      ImageMetadata made =
          new ImageMetadata(form, new JsonView("the new metadata", "", ome), problems);
      made.requireAllLevels();
      return made;
    } catch (FormatException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  public NgffVersion version() {
    return form.version();
  }

  OmeForm form() {
    return form;
  }

  /** The format of Zarr that the image is stored in. */
  public ZarrFormat format() {
    return form.format();
  }

  public Axes axes() {
    return multiscale.axes();
  }

  /** The levels, finest first; at least one. A level that is wrong ends the list. */
  public List<Dataset> datasets() {
    return multiscale.datasets();
  }

  /**
   * For what needs every level, or changes them.
   *
   * @throws FormatException if some level cannot be used
   */
  public void requireAllLevels() {
    if (datasets().size() < multiscale.listed()) {
      throw new FormatException(
          view.file(),
          "of its "
              + multiscale.listed()
              + " levels the first "
              + datasets().size()
              + " can be used: "
              + problems);
    }
  }

  /** Pixel size of a level, 0 for the finest. */
  public PixelSize pixelSize(int level) {
    return PixelSize.of(
        axes(), datasets().get(level).scale().stream().mapToDouble(Double::doubleValue).toArray());
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
    return view.node().path(IMAGE_LABEL).isObject();
  }

  /** What is wrong or unusual in the metadata, and how it is taken. */
  public List<MetadataProblem> problems() {
    return problems;
  }

  /** All fields, known or not, as they are written; a copy. */
  public ObjectNode json() {
    return ome().deepCopy();
  }

  /** The fields themselves, for writing only. */
  ObjectNode ome() {
    return (ObjectNode) view.node();
  }

  /**
   * The same image with other levels. Levels that are as before keep their unknown fields.
   *
   * @throws IllegalArgumentException as {@link #create}
   */
  public ImageMetadata withDatasets(List<Dataset> changed) {
    ObjectNode copy = json();
    MultiscaleParser.replaceDatasets(firstMultiscale(copy), multiscale, changed);
    return reparsed(form, copy);
  }

  private static ObjectNode firstMultiscale(ObjectNode ome) {
    return (ObjectNode) ome.get(MULTISCALES).get(0);
  }

  /**
   * The same axes, channels and levels (but for those that cannot be used) under another name: an
   * image derived from this one.
   *
   * @param newName {@code ""} for an image without a name, as the root of a store has none
   */
  public ImageMetadata derived(String newName) {
    ObjectNode copy = json();
    ArrayNode multiscales = (ArrayNode) copy.get(MULTISCALES);
    while (multiscales.size() > 1) {
      multiscales.remove(1);
    }
    ObjectNode entry = firstMultiscale(copy);
    MultiscaleParser.replaceDatasets(entry, multiscale, datasets());
    entry.put(NAME, newName);
    if (newName.isEmpty()) {
      entry.remove(NAME);
    }
    return reparsed(form, copy);
  }

  /** A label image of this image: the same levels, without channel axis. */
  public ImageMetadata derivedLabel(String labelName) {
    OptionalInt channel = axes().index(AxisName.C);
    List<Dataset> levels = new ArrayList<>(datasets());
    channel.ifPresent(axis -> levels.replaceAll(level -> level.without(axis)));
    ObjectNode ome = newImage(form);
    ObjectNode imageLabel = ome.putObject(IMAGE_LABEL);
    imageLabel.putObject(SOURCE).put(IMAGE, THE_IMAGE_AROUND);
    if (form.version() != NgffVersion.V0_6) {
      imageLabel.put(OmeForm.VERSION, form.tag());
    }
    add(ome, form, multiscale.form(), axesWithout(channel), levels)
        .put(NAME, NodeName.checked(labelName));
    return reparsed(form, ome);
  }

  private ArrayNode axesWithout(OptionalInt axis) {
    JsonView axes = multiscale.form().axes(view.require(MULTISCALES).elements().get(0));
    ArrayNode copy =
        axes.node().path(0).isObject() ? axes.node().deepCopy() : AxesParser.toJson(axes());
    axis.ifPresent(copy::remove);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageMetadata that
        && form.equals(that.form)
        && ome().equals(that.ome());
  }

  @Override
  public int hashCode() {
    return ome().hashCode();
  }

  @Override
  public String toString() {
    return "NGFF " + form.version() + " " + ome();
  }
}
