// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ngffspark.history.Besides;
import org.ngffspark.history.JobRecord;

/** Commands as a shell takes them. */
public final class CommandText {
  private static final String TRANSFORM = "transform";
  private static final String STEPS = "steps";
  private static final String CONVERTED = "converted_from";
  private static final String FROM = "from";
  static final String OVERWRITE = "--overwrite";
  private static final String UP = "../";

  private CommandText() {}

  /** Words of a command, each quoted where a shell needs that. */
  public static String of(List<String> words) {
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * The command that makes images again as a job made them.
   *
   * @param program what this program is called
   * @param record of the job: what decides about pixels, {@code job}, and what a command says
   *     besides, {@code besides}
   * @param input the plate, well or image that the images lie in
   * @param made paths of the images below the input, all made by such a job; {@code ""} for the
   *     input itself
   * @param label the label image that was made; {@code ""} if it is the image
   * @return empty if the job made neither an image nor changed one, or its code is in no file that
   *     a command could name, as a function of a notebook
   */
  public static Optional<String> again(
      String program, JsonNode record, String input, Collection<String> made, String label) {
    JsonNode job = record.path("job");
    JsonNode besides = record.path("besides");
    JsonNode search = job.path("search");
    List<String> words = List.of();
    if (job.has(CONVERTED)) {
      words = converted(job, input, made);
    } else if (job.has("project")) {
      words = written("project", projection(job), job, input, made, label);
    } else if (isPaste(job)) {
      words = written("paste", paste(job), job, input, made, label);
    } else if ((job.has(TRANSFORM) || job.has(STEPS)) && isNamed(job, TRANSFORM, besides)) {
      words = written(TRANSFORM, options(job), job, input, made, label);
    } else if (job.has("segment")
        && SegmentWords.canSay(search)
        && isNamed(search, "finder", besides)) {
      words = new ArrayList<>(inputs(input, made, Optional.empty()));
      words.add(0, "segment");
      words.addAll(SegmentWords.of(job));
    }
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(program + " " + of(withBesides(words, besides)));
  }

  /** Whether a command can name the code of users: it lies in a jar, or in a file or module. */
  private static boolean isNamed(JsonNode described, String kind, JsonNode besides) {
    return described.path("code").asText().isEmpty()
        || besides.has(Besides.JARS)
        || described.findValuesAsText(kind).stream().anyMatch(name -> name.contains(":"));
  }

  private static List<String> withBesides(List<String> words, JsonNode besides) {
    List<String> all = new ArrayList<>();
    if (besides.has(Besides.JARS)) {
      List<String> jars = new ArrayList<>();
      besides.path(Besides.JARS).forEach(jar -> jars.add(jar.asText()));
      all.addAll(List.of("--jars", String.join(",", jars), "--"));
    }
    all.addAll(words);
    switch (besides.path(Besides.COMPANIONS).asText()) {
      case "none" -> all.add("--no-copy-labels");
      case "labels" -> all.add("--no-copy-tables");
      case "linked" -> all.add("--link-labels");
      default -> {}
    }
    if (besides.has(Besides.TABLES_OF_LABEL)) {
      all.add("--no-tables");
    }
    return all;
  }

  /** A command whose options say what is done, and where the result goes. */
  private static List<String> written(
      String command,
      List<String> options,
      JsonNode job,
      String input,
      Collection<String> made,
      String label) {
    String source = job.path(JobRecord.SOURCE).asText();
    boolean inPlace = source.equals(JobRecord.ITSELF);
    boolean sibling = source.startsWith(UP);
    List<String> words = new ArrayList<>(List.of(command));
    if (inPlace || !label.isEmpty()) {
      words.addAll(inputs(input, made, Optional.empty()));
    } else if (sibling) {
      words.addAll(inputs(input, made, Optional.of(source.substring(UP.length()))));
    } else {
      words.add(source);
    }
    words.addAll(options);
    if (inPlace) {
      words.addAll(List.of("--in-place", "--again"));
    } else if (sibling) {
      String name = label.isEmpty() ? name(input, made.iterator().next()) : label;
      words.addAll(List.of("--suffix", suffix(name, source.substring(UP.length())), OVERWRITE));
    } else {
      words.addAll(List.of("--output", join(input, made.iterator().next()), OVERWRITE));
    }
    return words;
  }

  /** Of an image, or of the plate or well whose images have the same places in the source. */
  private static List<String> converted(JsonNode job, String input, Collection<String> made) {
    String first = made.iterator().next();
    String source = resolved(join(input, first), job.path(CONVERTED).asText());
    String below = first.isEmpty() ? "" : "/" + first;
    boolean whole = source.endsWith(below);
    List<String> words = new ArrayList<>(List.of("convert"));
    words.add(whole ? source.substring(0, source.length() - below.length()) : source);
    add(words, "--format", job.path("format"));
    addGrid(words, "--chunks", job.path("chunks"));
    addGrid(words, "--shards", job.path("shards"));
    addUnless(words, "--codec", job.path("codec"), "keep");
    job.path("channels").forEach(channel -> add(words, "--channels", channel));
    addUnless(words, "--levels", job.path("levels"), "0");
    String[] type = job.path("type").asText().split(" of ", 2);
    if (!type[0].equals("keep")) {
      words.addAll(List.of("--dtype", type[0]));
    }
    if (type.length > 1) {
      words.addAll(List.of("--rescale", type[1]));
    }
    String crop = job.path("crop").asText().replaceAll("px$", "");
    if (!crop.isEmpty()) {
      words.addAll(List.of("--crop", crop));
    }
    switch (job.path("with").asText()) {
      case "NONE" -> words.add("--no-copy-labels");
      case "LABELS" -> words.add("--no-copy-tables");
      default -> {}
    }
    words.addAll(List.of("--to", whole ? input : join(input, first), OVERWRITE));
    return words;
  }

  /** Lengths are recorded as {@code [1, 512, 512]}. */
  private static void addGrid(List<String> words, String option, JsonNode choice) {
    String text = choice.asText().replaceAll("[\\[\\] ]", "");
    if (!text.equals("auto")) {
      words.addAll(List.of(option, text));
    }
  }

  /** A place that is given as seen from another one. */
  private static String resolved(String from, String relative) {
    if (!relative.startsWith(UP)) {
      return relative;
    }
    List<String> names = new ArrayList<>(List.of(from.split("/", -1)));
    for (String name : relative.split("/", -1)) {
      if (name.equals("..")) {
        names.remove(names.size() - 1);
      } else {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  private static List<String> projection(JsonNode job) {
    List<String> words = new ArrayList<>();
    add(words, "--axis", job.path("project"));
    add(words, "--method", job.path("method"));
    if (job.has("labels")) {
      words.add("--labels");
    }
    return words;
  }

  private static boolean isPaste(JsonNode job) {
    JsonNode parameters = job.path("parameters");
    return job.path(TRANSFORM).asText().equals("paste")
        && parameters.has(FROM)
        && parameters.has("files");
  }

  /** All else stands in the index of the files. */
  private static List<String> paste(JsonNode job) {
    List<String> words = new ArrayList<>();
    add(words, "--label", job.path("label"));
    add(words, "--from", job.path("parameters").path(FROM));
    addModes(words, job);
    return words;
  }

  private static List<String> inputs(
      String input, Collection<String> made, Optional<String> source) {
    String first = made.iterator().next();
    if (made.size() == 1) {
      String image = join(input, first);
      return List.of(source.map(name -> beside(image, name)).orElse(image));
    }
    List<String> words = new ArrayList<>(List.of(input));
    TreeSet<String> names = new TreeSet<>();
    made.forEach(path -> names.add(source.orElse(name(input, path))));
    names.forEach(name -> words.addAll(List.of("--image", name)));
    return words;
  }

  private static String beside(String image, String name) {
    return image.substring(0, image.lastIndexOf('/') + 1) + name;
  }

  private static String join(String input, String path) {
    return path.isEmpty() ? input : input + "/" + path;
  }

  private static String name(String input, String path) {
    String whole = join(input, path);
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /** What follows the source's name, before its extension if it has one. */
  private static String suffix(String name, String source) {
    int common = 0;
    while (common < Math.min(name.length(), source.length())
        && name.charAt(common) == source.charAt(common)) {
      common++;
    }
    return name.substring(common, name.length() - (source.length() - common));
  }

  private static List<String> options(JsonNode job) {
    List<String> words = new ArrayList<>();
    add(words, "--label", job.path("label"));
    add(words, "--on-label", job.path("on_label"));
    job.path("channels").forEach(channel -> add(words, "--channel", channel));
    if (job.has(STEPS)) {
      job.path(STEPS).forEach(step -> step(words, step));
    } else {
      step(words, job);
    }
    addUnless(words, "--zoom", job.path("zoom"), "1.0");
    addUnless(words, "--pad", job.path("pad"), "");
    addUnless(words, "--level", job.path("level"), "0");
    addUnless(words, "--ids", job.path("ids"), "all");
    add(words, "--table", job.path("table"));
    add(words, "--label-grid", job.path("label_grid"));
    addUnless(words, "--on-error", job.path("on_error"), "fail");
    addModes(words, job);
    return words;
  }

  private static void addModes(List<String> words, JsonNode job) {
    if (job.path("write").asText().equals("whole_box")) {
      words.add("--unmasked");
    }
    if (job.path("pyramid").asText().equals("keep")) {
      words.add("--no-pyramid");
    }
  }

  private static void step(List<String> words, JsonNode step) {
    add(words, "--transform", step.path(TRANSFORM));
    addParameters(words, step);
  }

  static void addParameters(List<String> words, JsonNode of) {
    for (Map.Entry<String, JsonNode> parameter : of.path("parameters").properties()) {
      words.addAll(List.of("--param", parameter.getKey() + "=" + parameter.getValue().asText()));
    }
  }

  static void add(List<String> words, String option, JsonNode value) {
    if (!value.isMissingNode()) {
      words.addAll(List.of(option, value.asText()));
    }
  }

  static void addUnless(List<String> words, String option, JsonNode value, String usual) {
    if (!value.asText().equals(usual)) {
      add(words, option, value);
    }
  }
}
