// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.history.JobHistory;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.Acquisition;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.PlateMetadata;
import org.ngffspark.roi.Axis;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ChunkEncoding;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** What an image is, as JSON: everything that its metadata say and a run depends on. */
public final class ImageDescription {
  static final String PROBLEMS = "problems";

  /** Not there for an image in N5, which has no such version. */
  static final String ZARR_FORMAT = "zarr_format";

  static final String LINKED = "labels_and_tables_of";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ImageDescription() {}

  /**
   * Describes an image with its labels and tables; reads metadata only.
   *
   * @param path of the image in what was asked for; {@code ""} if it is that
   * @throws FormatException if its metadata or those of its finest level are wrong; what is wrong
   *     with other levels, label images and tables stands in the description
   */
  public static ObjectNode of(ImageRef ref, String path) {
    Container container = Container.open(ref.open());
    Image image = container.image();
    ObjectNode node = JSON.objectNode().put("path", path);
    node.put("ngff", container.metadata().version().text());
    ZarrFormat format = image.array().metadata().format();
    if (format != ZarrFormat.N5) {
      node.put(ZARR_FORMAT, format.number());
    }
    describe(node, container.levels(), container::image);
    ArrayNode channels = node.putArray("channels");
    image.channels().forEach(channel -> channels.add(channel(channel)));
    container.sourceLink().ifPresent(link -> node.put(LINKED, link));
    ArrayNode labels = node.putArray("labels");
    container.labels().forEach(name -> labels.add(label(container, name)));
    ArrayNode tables = node.putArray("tables");
    container.tables().names().forEach(name -> tables.add(table(container, name)));
    record(ref.open()).ifPresent(record -> node.set(JobHistory.FIELD, record));
    container
        .problems()
        .forEach(problem -> node.withArray(PROBLEMS).add(inside(container, problem)));
    return node;
  }

  /** What is known of an image, or of a well and its images, that cannot be read. */
  public static ObjectNode damaged(String path, String reason) {
    return JSON.objectNode().put("path", path).put("error", reason);
  }

  /** What a plate's metadata say. */
  public static ObjectNode plate(PlateMetadata plate) {
    ObjectNode node = JSON.objectNode();
    plate.name().ifPresent(name -> node.put("name", name));
    add(node.putArray("rows"), plate.rows());
    add(node.putArray("columns"), plate.columns());
    add(node.putArray("wells"), plate.wells());
    ArrayNode acquisitions = node.putArray("acquisitions");
    for (Acquisition acquisition : plate.acquisitions()) {
      ObjectNode described = acquisitions.addObject().put("id", acquisition.id());
      acquisition.name().ifPresent(name -> described.put("name", name));
    }
    return node;
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /** Opens a level; 0 is the finest. */
  private interface Levels {
    ImageLevel level(int index);
  }

  /** The problem with its file as seen from the image, so that alike images stay alike. */
  private static String inside(Container container, MetadataProblem problem) {
    String image = container.path().toString();
    String file = problem.file().startsWith(image) ? problem.file().substring(image.length()) : "";
    return (file.length() > 1 ? file.substring(1) + ": " : "") + problem.text();
  }

  private static ObjectNode label(Container container, String name) {
    ObjectNode described = JSON.objectNode().put("name", name);
    try {
      Label label = container.label(name);
      int levels = label.node().metadata().datasets().size();
      describe(described, levels, level -> container.label(name, level));
      LabelFacts.of(container, label).addTo(described);
      record(label.node().path()).ifPresent(record -> described.set(JobHistory.FIELD, record));
      return described;
    } catch (FormatException problem) {
      return described.put("error", problem.problem());
    }
  }

  private static void describe(ObjectNode node, int count, Levels levels) {
    ImageLevel finest = levels.level(0);
    ArrayNode axes = node.putArray("axes");
    for (Axis axis : finest.axes().axes()) {
      ObjectNode described = axes.addObject().put("name", axis.name().ngffName());
      described.put("type", axis.type().ngffName());
      axis.unit().ifPresent(unit -> described.put("unit", unit));
    }
    node.put("type", finest.type().toString());
    ArrayNode described = node.putArray("levels").add(level(finest));
    for (int level = 1; level < count; level++) {
      described.add(level(level, levels));
    }
  }

  private static ObjectNode level(int index, Levels levels) {
    try {
      return level(levels.level(index));
    } catch (FormatException problem) {
      return JSON.objectNode().put("error", problem.problem());
    }
  }

  private static ObjectNode level(ImageLevel level) {
    ArrayMetadata metadata = level.array().metadata();
    ObjectNode node = JSON.objectNode().put("path", level.path());
    node.set("shape", lengths(level.shape()));
    ArrayNode pixelSize = node.putArray("pixel_size");
    for (int axis = 0; axis < level.axes().rank(); axis++) {
      pixelSize.add(level.grid().pixelSize(axis));
    }
    node.set("chunks", lengths(metadata.chunks()));
    metadata.shards().ifPresent(shards -> node.set("shards", lengths(shards)));
    ChunkGrid units = level.array().writeUnits();
    node.putObject("write_units")
        .put("count", units.count())
        .put("bytes", units.chunk().elements() * level.type().bytes());
    codecs(node, metadata.encoding());
    return node;
  }

  private static void codecs(ObjectNode node, ChunkEncoding encoding) {
    if (encoding instanceof ChunkEncoding.V3 v3) {
      node.set("codecs", v3.codecs().deepCopy());
      v3.index().ifPresent(index -> node.set("index_codecs", index.codecs().deepCopy()));
    } else if (encoding instanceof ChunkEncoding.N5 n5) {
      node.set("compression", n5.compression().deepCopy());
    } else if (encoding instanceof ChunkEncoding.V2 v2) {
      node.set("compressor", v2.compressor().deepCopy());
      node.set("filters", v2.filters().deepCopy());
      node.put("order", v2.order().toString());
      node.put("byte_order", v2.byteOrder().toString());
    }
  }

  private static ArrayNode lengths(Shape shape) {
    ArrayNode lengths = JSON.arrayNode();
    for (int axis = 0; axis < shape.rank(); axis++) {
      lengths.add(shape.get(axis));
    }
    return lengths;
  }

  private static ObjectNode channel(Channel channel) {
    ObjectNode node = JSON.objectNode().put("label", channel.label());
    node.put("wavelength_id", channel.wavelengthId());
    channel.color().ifPresent(color -> node.put("color", color));
    return node;
  }

  private static ObjectNode table(Container container, String name) {
    ObjectNode node = JSON.objectNode().put("name", name);
    return Group.open(container.tables().path(name))
        .map(group -> node.setAll(group.attributes()))
        .map(ObjectNode.class::cast)
        .orElseGet(() -> node.put("error", "the list of tables names it, but it is missing"));
  }

  private static Optional<ObjectNode> record(StorePath image) {
    return Group.open(image)
        .map(group -> group.attributes().path(JobHistory.FIELD))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }
}
