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
import org.ngffspark.history.JobRecord;

/** Commands as a shell takes them. */
public final class CommandText {
  private static final String PROGRAM = "submit.sh";
  private static final String TRANSFORM = "transform";
  private static final String CONVERTED = "converted_from";
  private static final String FROM = "from";
  private static final String OVERWRITE = "--overwrite";
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
   * @param job as it is recorded
   * @param input the plate, well or image that the images lie in
   * @param made paths of the images below the input, all made by such a job; {@code ""} for the
   *     input itself
   * @param label the label image that was made; {@code ""} if it is the image
   * @return empty if the job made neither an image nor changed one
   */
  public static Optional<String> again(
      JsonNode job, String input, Collection<String> made, String label) {
    if (job.has(CONVERTED)) {
      return Optional.of(of(converted(job, input, made)));
    } else if (job.has("project")) {
      return Optional.of(of(written("project", projection(job), job, input, made, label)));
    } else if (isPaste(job)) {
      return Optional.of(of(written("paste", paste(job), job, input, made, label)));
    } else if (job.has(TRANSFORM) || job.has("steps")) {
      return Optional.of(of(written(TRANSFORM, options(job), job, input, made, label)));
    }
    return Optional.empty();
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
    List<String> words = new ArrayList<>(List.of(PROGRAM, command));
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
    List<String> words = new ArrayList<>(List.of(PROGRAM, "convert"));
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
    if (job.has("steps")) {
      job.path("steps").forEach(step -> step(words, step));
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
    for (Map.Entry<String, JsonNode> parameter : step.path("parameters").properties()) {
      words.addAll(List.of("--param", parameter.getKey() + "=" + parameter.getValue().asText()));
    }
  }

  private static void add(List<String> words, String option, JsonNode value) {
    if (!value.isMissingNode()) {
      words.addAll(List.of(option, value.asText()));
    }
  }

  private static void addUnless(List<String> words, String option, JsonNode value, String usual) {
    if (!value.asText().equals(usual)) {
      add(words, option, value);
    }
  }
}
