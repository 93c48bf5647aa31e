// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.LabelList;
import org.ngffspark.ngff.LinkedStore;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.table.Tables;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * One OME-Zarr image with its levels, labels and tables, NGFF 0.4 to 0.6. Holds the metadata of the
 * image as they were when it was opened; everything else is read when it is asked for. Safe for
 * several threads.
 */
public final class Container {
  /** Of images that use each other's labels. */
  private static final int LONGEST_CHAIN = 16;

  private final ImageNode node;

  private Container(ImageNode node) {
    this.node = node;
  }

  /**
   * Opens an image by its path or URI.
   *
   * @throws IllegalArgumentException if no store serves the scheme
   * @throws org.ngffspark.zarr.store.FormatException if there is no image, or its metadata are
   *     wrong
   */
  public static Container open(String location) {
    return open(StoreLocations.uri(location));
  }

  /** As {@link #open(String)}. */
  public static Container open(URI location) {
    return open(StorePath.root(StoreLocations.open(location)));
  }

  /** Opens the image at a place of a store that is open already. */
  public static Container open(StorePath path) {
    return new Container(ImageNode.open(LinkedStore.of(path)));
  }

  public StorePath path() {
    return node.path();
  }

  public ImageMetadata metadata() {
    return node.metadata();
  }

  ImageNode node() {
    return node;
  }

  /** Number of levels. */
  public int levels() {
    return metadata().datasets().size();
  }

  /** The channels that the metadata name; see {@link Image#channels} for all there are. */
  public List<Channel> channels() {
    return metadata().channels();
  }

  /**
   * Names of the label images: its own, and those of the image that it uses labels of; of a data
   * set of N5 by itself those beside it, in {@code labels} of its group, that have its pixels.
   *
   * @throws FormatException if that image is not there any more
   */
  public List<String> labels() {
    Set<String> names = new LinkedHashSet<>(node.labels().names());
    source().ifPresent(source -> names.addAll(source.labels()));
    node.labelsAround()
        .ifPresent(around -> around.names().stream().filter(this::hasPixelsOf).forEach(names::add));
    return List.copyOf(names);
  }

  private boolean hasPixelsOf(String label) {
    return label(label).grid().hasLengthsOf(image().grid());
  }

  /** The tables: its own, and those of the image that it uses labels of; errors are as for them. */
  public Tables tables() {
    Tables own = Tables.open(path(), node.format());
    return source().map(source -> own.and(source.tables())).orElse(own);
  }

  /** The image whose labels and tables it uses, as seen from it; empty if it has its own only. */
  public Optional<String> sourceLink() {
    return node.source();
  }

  /**
   * The path of a label image below this container, through the image that it belongs to.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String labelPath(String name) {
    return labelNode(name).path().path().substring(path().key("").length());
  }

  /**
   * Looks whether a label image can be written, which those of another image cannot be.
   *
   * @throws IllegalArgumentException if it belongs to another image
   */
  public void requireOwnLabel(String name) {
    if (labelPath(name).startsWith(LinkedStore.SOURCE)) {
      throw new IllegalArgumentException(
          "Label image '"
              + name
              + "' is not changed from here: it "
              + node.source()
                  .map(link -> "belongs to " + link + ", whose labels this image uses")
                  .orElse("lies beside this data set")
              + "; name that image");
    }
  }

  private Optional<Container> source() {
    return node.source().map(this::source);
  }

  private Container source(String link) {
    StorePath there = path().child(LinkedStore.SOURCE);
    if (there.path().split(LinkedStore.SOURCE, -1).length > LONGEST_CHAIN) {
      throw new FormatException(
          path().toString(), "images that use each other's labels are a circle, or too many");
    }
    try {
      return new Container(ImageNode.open(there));
    } catch (FormatException missing) {
      throw new FormatException(
          path().toString(),
          "it uses labels and tables of "
              + link
              + ", where no image can be read any more; put that image back, or make this one anew",
          missing);
    }
  }

  /**
   * What is wrong or unusual in the metadata of the image, its levels, label images and tables, and
   * what comes of it. Each fails only what uses it. Opens all levels and label images.
   */
  public List<MetadataProblem> problems() {
    Problems problems = new Problems();
    problems.addAll(metadata().problems());
    for (int level = 0; level < levels(); level++) {
      int index = level;
      problems.attempt(() -> image(index), "level " + level + " cannot be used");
    }
    problems.addAll(node.labels().problems());
    for (String name : labels()) {
      problems
          .attempt(() -> label(name), "label image '" + name + "' cannot be used")
          .ifPresent(label -> problems.addAll(label.node().metadata().problems()));
    }
    problems.addAll(tables().problems());
    return problems.list();
  }

  /** The finest level. */
  public Image image() {
    return image(0);
  }

  /**
   * @param level 0 is the finest
   * @throws IllegalArgumentException if there is no such level
   */
  public Image image(int level) {
    return new Image(node, level);
  }

  /** The level whose pixel size is nearest, the finer on ties. */
  public Image image(PixelSize pixelSize) {
    return image(new Multiscale(node).nearest(pixelSize));
  }

  /** The finest level of a label image. */
  public Label label(String name) {
    return label(name, 0);
  }

  /**
   * @param level 0 is the finest
   * @throws IllegalArgumentException if there is no such label image, the message lists those that
   *     are, or no such level
   */
  public Label label(String name, int level) {
    return new Label(labelNode(name), level, name);
  }

  /** The level of a label image whose pixel size is nearest, the finer on ties. */
  public Label label(String name, PixelSize pixelSize) {
    ImageNode label = labelNode(name);
    return new Label(label, new Multiscale(label).nearest(pixelSize), name);
  }

  private ImageNode labelNode(String name) {
    Optional<Container> source = source();
    if (source.isPresent() && !node.labels().names().contains(name)) {
      if (!source.get().labels().contains(name)) {
        throw new IllegalArgumentException(
            "No label '" + name + "' in " + path() + "; it has " + labels());
      }
      return source.get().labelNode(name);
    }
    Optional<LabelList> around = node.labelsAround();
    if (around.isPresent() && !node.labels().has(name) && around.get().has(name)) {
      return ImageNode.open(around.get().child(name), node.format());
    }
    return ImageNode.open(node.labels().child(name), node.format());
  }

  /** The finest level, masked by a label image. */
  public Masked maskedImage(String label) {
    return maskedImage(Masking.by(label), 0);
  }

  /**
   * A level masked by a label image, at the label's level of nearest pixel size.
   *
   * @param level of the image; 0 is the finest
   * @throws IllegalArgumentException if there is no such label image or level; a label that does
   *     not cover the image is an error of what needs masks only
   */
  public Masked maskedImage(Masking masking, int level) {
    return masked(image(level), masking);
  }

  /** The finest level of a label image, masked by another label image. */
  public Masked maskedLabel(String label, String maskingLabel) {
    return maskedLabel(label, Masking.by(maskingLabel), 0);
  }

  /**
   * A level of a label image masked by another label image, at that one's level of nearest pixel
   * size.
   *
   * @param level of the label image that is read and written; 0 is the finest
   * @throws IllegalArgumentException if there is no such label image or level; a masking label that
   *     does not cover the other is an error of what needs masks only
   */
  public Masked maskedLabel(String label, Masking masking, int level) {
    return masked(label(label, level), masking);
  }

  private Masked masked(ImageLevel level, Masking masking) {
    Label label =
        switch (masking.grid()) {
          case WORLD -> label(masking.label(), level.pixelSize());
          case SAME -> labelOfSameLengths(masking.label(), level);
        };
    return Masked.of(
        level,
        label,
        masking.grid(),
        () -> maskingTable(masking).orElseGet(label::boxes),
        path().toString());
  }

  /** The level of a label image that has as many pixels as the level on each axis. */
  private Label labelOfSameLengths(String name, ImageLevel level) {
    ImageNode node = labelNode(name);
    List<String> grids = new ArrayList<>();
    for (int index = 0; index < node.metadata().datasets().size(); index++) {
      Label label = new Label(node, index, name);
      if (label.grid().hasLengthsOf(level.grid())) {
        return label;
      }
      grids.add(label.grid().toString());
    }
    throw new IllegalArgumentException(
        "Of " + grids + " none has the lengths of " + level.grid() + "; it needs one that has");
  }

  /**
   * The regions that a table gives to the objects of a label image: of the table that the masking
   * names, else of the first one that belongs to the label.
   *
   * @return empty if no table belongs to the label: the regions are those of its pixels
   * @throws IllegalArgumentException if there is no table of the name given
   */
  public Optional<MaskingRois> maskingTable(Masking masking) {
    return masking.table().isEmpty()
        ? tables().findMasking(masking.label()).map(table -> table)
        : Optional.of(tables().maskingRoiTable(masking.table()));
  }

  /**
   * Creates an image like this one, with the same levels, axes and channels and without pixels,
   * labels and tables.
   *
   * @param target where nothing lies yet; what an interrupted call left there is removed
   * @throws IllegalArgumentException if there is an image already, or something else where the
   *     arrays would lie; nothing is changed then
   */
  public Container deriveImage(StorePath target) {
    return new Container(Derivation.image(node, target));
  }

  /** As {@link #deriveImage(StorePath)}, by path or URI. */
  public Container deriveImage(String target) {
    return deriveImage(StorePath.root(StoreLocations.open(target)));
  }

  /** As {@link #deriveLabel(String, DataType)}, of type uint32. */
  public Label deriveLabel(String name) {
    return deriveLabel(name, DataType.UINT32);
  }

  /**
   * Creates an empty label image of this image: the same levels, chunks and shards, without channel
   * axis.
   *
   * @param type an integer type
   * @throws IllegalArgumentException if there is a label image of that name, listed or not, or the
   *     type is none; nothing is changed then
   */
  public Label deriveLabel(String name, DataType type) {
    return new Label(Derivation.label(node, name, type), 0, name);
  }

  @Override
  public String toString() {
    return "container " + path();
  }
}
