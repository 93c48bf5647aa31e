// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.ngffspark.history.JobHistory;

/** The description of inputs for people: images that are alike are shown once. */
public final class InspectionText {
  /** Of more images than these only the number and the first and last are named. */
  private static final int NAMED = 8;

  private final StringBuilder text = new StringBuilder();
  private final String program;

  private InspectionText(String program) {
    this.program = program;
  }

  /**
   * The text, lines without the last line end.
   *
   * @param program what this program is called, for commands
   * @param inputs descriptions as {@code inspect --json} prints them
   */
  public static String of(String program, JsonNode inputs) {
    InspectionText text = new InspectionText(program);
    inputs.forEach(text::input);
    return text.text.toString().stripTrailing();
  }

  private void input(JsonNode input) {
    String kind = input.path("kind").asText();
    JsonNode plate = input.path("plate");
    line(input.path("input").asText() + "  (" + kind + plate(plate) + ")");
    if (!plate.path("acquisitions").isEmpty()) {
      line("  acquisitions  " + join(plate.path("acquisitions"), InspectionText::acquisition));
    }
    input.path("breaches").forEach(each -> line("  breach  " + each.asText()));
    input.path("unfinished").forEach(each -> line("  unfinished  " + each.asText()));
    Map<JsonNode, List<JsonNode>> alike = new LinkedHashMap<>();
    for (JsonNode image : input.path("images")) {
      alike.computeIfAbsent(common(image), key -> new ArrayList<>()).add(image);
    }
    String place = input.path("input").asText();
    alike.forEach((common, images) -> images(place, common, images));
    line("");
  }

  /** What is the same for images that are alike. */
  private static JsonNode common(JsonNode image) {
    ObjectNode common = image.deepCopy();
    common.remove("path");
    nameJobs(common);
    for (JsonNode label : common.path("labels")) {
      ObjectNode described = (ObjectNode) label;
      described.remove(List.of(LabelFacts.BYTES, LabelFacts.OBJECTS, LabelFacts.DISAGREEMENTS));
      nameJobs(described);
    }
    // Other attributes of tables are not shown, and tell of one image alone.
    common
        .path("tables")
        .forEach(table -> ((ObjectNode) table).retain("name", "type", "error", "region"));
    return common;
  }

  private static void nameJobs(ObjectNode image) {
    if (image.has(JobHistory.FIELD)) {
      JsonNode history = image.get(JobHistory.FIELD);
      ArrayNode jobs = image.putArray(JobHistory.FIELD);
      // What is read and made differs from image to image, though the job is the same.
      history
          .path("jobs")
          .forEach(record -> jobs.add(((ObjectNode) record.deepCopy()).retain("job", "besides")));
    }
  }

  private static String plate(JsonNode plate) {
    if (plate.isMissingNode()) {
      return "";
    }
    String name = plate.has("name") ? " '" + plate.path("name").asText() + "'" : "";
    return name + ", " + Counted.of(plate.path("wells").size(), "well");
  }

  private static String acquisition(JsonNode acquisition) {
    String name = acquisition.path("name").asText("");
    return acquisition.path("id").asText() + (name.isEmpty() ? "" : " (" + name + ")");
  }

  private void images(String input, JsonNode image, List<JsonNode> alike) {
    List<String> paths = alike.stream().map(each -> each.path("path").asText()).toList();
    if (!paths.get(0).isEmpty()) {
      line("");
      line("  " + names(paths));
    }
    if (image.has("error")) {
      line("    damaged   " + image.path("error").asText());
      return;
    }
    if (image.has("unfinished")) {
      line("    unfinished " + image.path("unfinished").asText());
    }
    line(
        "    image     NGFF %s, %s, %s"
            .formatted(image.path("ngff").asText(), format(image), kind(image)));
    levels(image.path("levels"));
    line("    channels  " + orNone(join(image.path("channels"), InspectionText::channel)));
    if (image.has(ImageDescription.LINKED)) {
      line("    uses      labels and tables of " + image.path(ImageDescription.LINKED).asText());
    }
    if (image.path("labels").isEmpty()) {
      line("    labels    none");
    }
    for (int i = 0; i < image.path("labels").size(); i++) {
      int index = i;
      JsonNode label = image.path("labels").path(i);
      List<JsonNode> each = alike.stream().map(one -> one.path("labels").path(index)).toList();
      String name = label.path("name").asText();
      if (label.has("error")) {
        line("    label     " + name + ", damaged");
        continue;
      }
      line("    label     " + name + ", " + contents(each) + kind(label));
      levels(label.path("levels"));
      disagreements(each, paths);
      jobs(label, input, paths, name);
    }
    line("    tables    " + orNone(join(image.path("tables"), InspectionText::table)));
    image
        .path(ImageDescription.PROBLEMS)
        .forEach(problem -> line("    problem   " + problem.asText()));
    image.path("breaches").forEach(breach -> line("    breach    " + breach.asText()));
    jobs(image, input, paths, "");
  }

  private static String format(JsonNode image) {
    return image.has(ImageDescription.ZARR_FORMAT)
        ? "Zarr v" + image.path(ImageDescription.ZARR_FORMAT).asText()
        : "N5";
  }

  private void jobs(JsonNode node, String input, List<String> paths, String label) {
    for (JsonNode record : node.path(JobHistory.FIELD)) {
      String job = record.path("job").toString();
      line("    made by   " + CommandText.again(program, record, input, paths, label).orElse(job));
    }
  }

  /** Objects and bytes of one label image in all images that are alike. */
  private static String contents(List<JsonNode> labels) {
    List<Long> objects =
        labels.stream()
            .map(label -> label.path(LabelFacts.OBJECTS))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asLong)
            .toList();
    String counted =
        objects.isEmpty()
            ? ""
            : Counted.of(objects.stream().mapToLong(Long::longValue).sum(), "object") + ", ";
    if (!labels.get(0).has(LabelFacts.BYTES)) {
      return counted;
    }
    long bytes = labels.stream().mapToLong(label -> label.path(LabelFacts.BYTES).asLong()).sum();
    return counted + ByteCount.text(bytes) + ", ";
  }

  private void disagreements(List<JsonNode> labels, List<String> paths) {
    Map<String, List<String>> images = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      for (JsonNode text : labels.get(i).path(LabelFacts.DISAGREEMENTS)) {
        images.computeIfAbsent(text.asText(), key -> new ArrayList<>()).add(paths.get(i));
      }
    }
    images.forEach(
        (text, of) ->
            line("      table     " + text + (paths.size() > 1 ? " (" + names(of) + ")" : "")));
  }

  private static String names(List<String> paths) {
    if (paths.size() == 1) {
      return paths.get(0);
    }
    String named =
        paths.size() <= NAMED
            ? String.join(", ", paths)
            : paths.get(0) + " … " + paths.get(paths.size() - 1);
    return Counted.of(paths.size(), "image") + " alike: " + named;
  }

  private static String kind(JsonNode image) {
    String axes = join(image.path("axes"), axis -> axis.path("name").asText());
    return image.path("type").asText()
        + ", axes "
        + axes.replace(",", "")
        + ", pixel size "
        + pixelSize(image)
        + ", "
        + codecs(image.path("levels").path(0));
  }

  private static String pixelSize(JsonNode image) {
    List<String> sizes = new ArrayList<>();
    String unit = "";
    for (int axis = 0; axis < image.path("axes").size(); axis++) {
      JsonNode described = image.path("axes").path(axis);
      if (described.path("type").asText().equals("space")) {
        sizes.add(number(image.path("levels").path(0).path("pixel_size").path(axis).asDouble()));
        unit = described.has("unit") ? " " + described.path("unit").asText() : unit;
      }
    }
    return String.join(" x ", sizes) + unit;
  }

  private static String codecs(JsonNode level) {
    if (level.has("codecs")) {
      String inner = join(level.path("codecs"), InspectionText::codec);
      return level.has("shards") ? "shards of " + inner : inner;
    }
    if (level.has("compression")) {
      String type = level.path("compression").path("type").asText();
      return type.equals("raw")
          ? "not compressed"
          : type + named(level.path("compression").path("cname"));
    }
    return level.path("compressor").isNull()
        ? "not compressed"
        : level.path("compressor").path("id").asText()
            + named(level.path("compressor").path("cname"));
  }

  private static String codec(JsonNode codec) {
    return codec.isTextual() ? codec.asText() : codec.path("name").asText();
  }

  private static String named(JsonNode inner) {
    return inner.isTextual() ? " " + inner.asText() : "";
  }

  private void levels(JsonNode levels) {
    TextTable table = new TextTable("level", "shape", "chunks", "write units");
    for (JsonNode level : levels) {
      if (level.has("error")) {
        table.row("damaged", "", "", "");
        continue;
      }
      JsonNode units = level.path("write_units");
      String shards = level.has("shards") ? " in shards of " + shape(level.path("shards")) : "";
      table.row(
          level.path("path").asText(),
          shape(level.path("shape")),
          shape(level.path("chunks")) + shards,
          String.format(
              Locale.ROOT,
              "%,d of %s",
              units.path("count").asLong(),
              ByteCount.text(units.path("bytes").asLong())));
    }
    table.lines().forEach(row -> line("      " + row));
  }

  private static String shape(JsonNode lengths) {
    return StreamSupport.stream(lengths.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(" x "));
  }

  private static String channel(JsonNode channel) {
    String label = channel.path("label").asText();
    String wavelength = channel.path("wavelength_id").asText();
    return label.equals(wavelength) ? label : label + " (" + wavelength + ")";
  }

  private static String table(JsonNode table) {
    String region = table.path("region").path("path").asText("");
    String of = region.isEmpty() ? "" : " of " + region.substring(region.lastIndexOf('/') + 1);
    String kind = table.path("type").asText(table.path("error").asText("generic_table"));
    return table.path("name").asText() + " (" + kind.replace('_', ' ') + of + ")";
  }

  private interface Text {
    String of(JsonNode node);
  }

  private static String join(JsonNode nodes, Text text) {
    return StreamSupport.stream(nodes.spliterator(), false)
        .map(text::of)
        .collect(Collectors.joining(", "));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
