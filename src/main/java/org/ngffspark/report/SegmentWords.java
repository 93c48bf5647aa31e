// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The options of a command that finds the objects of a label image again. */
final class SegmentWords {
  private SegmentWords() {}

  /** Whether options of the command can say it: programs can choose regions in other ways too. */
  static boolean canSay(JsonNode search) {
    return !search.has("zoom") && !search.has("table");
  }

  /**
   * Options, with the default ones left out.
   *
   * @param job as it is recorded
   */
  static List<String> of(JsonNode job) {
    List<String> words = new ArrayList<>();
    JsonNode search = job.path("search");
    CommandText.add(words, "--label", search.path("label"));
    job.path("channels").forEach(channel -> CommandText.add(words, "--channel", channel));
    CommandText.addUnless(words, "--ids", search.path("ids"), "all");
    CommandText.add(words, "--finder", search.path("finder"));
    CommandText.addParameters(words, search);
    CommandText.add(words, "--halo", search.path("halo"));
    CommandText.addUnless(words, "--neighbours", search.path("neighbours"), "full");
    addSegmentation(words, search.path("segmentation"));
    CommandText.addUnless(words, "--on-error", search.path("on_error"), "fail");
    String label = job.path("segment").asText();
    CommandText.add(words, "--to", job.path("segment"));
    CommandText.addUnless(words, "--table", job.path("table"), label + "_ROI_table");
    String backend = job.path("backend").asText().toLowerCase(Locale.ROOT);
    if (!backend.equals("anndata")) {
      words.addAll(List.of("--backend", backend));
    }
    words.add(CommandText.OVERWRITE);
    return words;
  }

  private static void addSegmentation(List<String> words, JsonNode how) {
    CommandText.add(words, "--method", how.path("method"));
    CommandText.add(words, "--threshold", how.path("threshold"));
    CommandText.addUnless(words, "--block", how.path("block"), "35");
    CommandText.addUnless(words, "--offset", how.path("offset"), "0.0");
    CommandText.addUnless(words, "--smooth", how.path("smooth"), "0.0");
    CommandText.addUnless(words, "--min-size", how.path("min_size"), "0");
    if (how.path("holes").asText().equals("fill")) {
      words.add("--fill-holes");
    }
    CommandText.addUnless(words, "--split", how.path("split"), "none");
    CommandText.addUnless(words, "--peak-distance", how.path("peak_distance"), "5");
    CommandText.addUnless(words, "--neighbours", how.path("neighbours"), "faces");
  }
}
