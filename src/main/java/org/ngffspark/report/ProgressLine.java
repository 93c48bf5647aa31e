// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ngffspark.job.RunPhase;

/**
 * How a run stands at one moment, in as many words as fit.
 *
 * @param part of the run that is done, 0 to 1
 * @param rate MB read and written a second
 * @param elapsed since the run began
 * @param left until the objects are done; zero if that cannot be told
 */
record ProgressLine(
    RunPhase phase,
    double part,
    Images images,
    Objects objects,
    double rate,
    Duration elapsed,
    Duration left) {
  private static final int WIDE = 24;
  private static final int NARROW = 10;
  private static final int SECONDS = 60;

  /** Images that have ended, of all, and those of them that failed. */
  record Images(long ended, long all, long failed) {
    @Override
    public String toString() {
      String failures = failed == 0 ? "" : " (" + failed + " failed)";
      return String.format(Locale.ROOT, "%,d/%,d images%s", ended, all, failures);
    }
  }

  /** Objects that are done, of all; 0 if it is not known how many there are. */
  record Objects(long done, long all) {
    @Override
    public String toString() {
      return all == 0
          ? Counted.of(done, "object")
          : String.format(Locale.ROOT, "%,d/%,d objects", done, all);
    }
  }

  /** The longest form that has at most so many characters; the end of the shortest is cut. */
  String fitting(int width) {
    List<String> forms =
        List.of(
            bar(WIDE) + " " + words(true, true),
            bar(NARROW) + " " + words(true, true),
            bar(NARROW) + " " + words(true, false),
            bar(NARROW) + " " + words(false, false),
            words(false, false));
    String shortest = forms.get(forms.size() - 1);
    return forms.stream()
        .filter(form -> form.length() <= width)
        .findFirst()
        .orElseGet(() -> shortest.substring(0, Math.min(shortest.length(), Math.max(0, width))));
  }

  /** The longest form, for a line of its own. */
  String withoutBar() {
    return words(true, true);
  }

  private String words(boolean withImages, boolean withRate) {
    List<String> words = new ArrayList<>();
    boolean atObjects = phase == RunPhase.OBJECTS;
    words.add(percent() + " " + (atObjects ? objects : phase));
    // Of an image by itself there is nothing to tell but that it failed.
    if ((withImages && images.all > 1) || !atObjects || images.failed > 0) {
      words.add(images.toString());
    }
    if (withRate && atObjects && rate > 0) {
      words.add(String.format(Locale.ROOT, "%.1f MB/s", rate));
    }
    words.add(clock(elapsed));
    if (!left.isZero()) {
      words.add(clock(left) + " left");
    }
    return String.join(", ", words);
  }

  private String percent() {
    return String.format(Locale.ROOT, "%d%%", (int) (part * 100));
  }

  private String bar(int length) {
    int full = (int) (part * length);
    return "[" + "#".repeat(full) + ".".repeat(length - full) + "]";
  }

  private static String clock(Duration time) {
    return time.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : String.format(
            Locale.ROOT, "%d:%02d", time.toSeconds() / SECONDS, time.toSeconds() % SECONDS);
  }
}
