// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.WorkCount;

/** What a run has done, for people, when it has ended. */
public final class RunSummary implements RunListener {
  /** Of more images than these only the number is told. */
  private static final int LISTED = 10;

  private static final int NAMED = 3;

  private final InstantSource clock;
  private final Instant start;
  private final List<String> failures = new ArrayList<>();
  // The first ones by name: images end in any order.
  private final NavigableSet<String> outputs = new TreeSet<>();
  private long done;
  private long doneBefore;
  private long failed;
  private long stopped;
  private String stopReason = "";
  private long skipped;
  private WorkCount work = WorkCount.NONE;
  private final Map<String, Long> remarks = new TreeMap<>();

  public RunSummary(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  @Override
  public synchronized void ended(ImageOutcome outcome) {
    skipped += outcome.skipped().size();
    switch (outcome.state()) {
      case DONE -> done(outcome);
      case DONE_BEFORE -> doneBefore++;
      case STOPPED -> {
        stopped++;
        stopReason = outcome.message();
      }
      case FAILED -> {
        failed++;
        if (failures.size() < LISTED) {
          failures.add(outcome.explained());
        }
      }
    }
  }

  private void done(ImageOutcome outcome) {
    done++;
    work = work.plus(outcome.work());
    outcome.remarks().forEach(remark -> remarks.merge(remark, 1L, Long::sum));
    outputs.add(outcome.output());
    if (outputs.size() > NAMED) {
      outputs.pollLast();
    }
  }

  /** Number of images of one state so far. */
  public synchronized long count(State state) {
    return switch (state) {
      case DONE -> done;
      case DONE_BEFORE -> doneBefore;
      case FAILED -> failed;
      case STOPPED -> stopped;
    };
  }

  /**
   * What was done, where and how long it took.
   *
   * @param verb of what was done to images, as {@code transformed}
   */
  public synchronized List<String> lines(String verb) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s %s in %.1f s: %s, %s%s read, %s written",
            Counted.of(done, "image"),
            verb,
            seconds,
            Counted.of(work.objects(), "object"),
            work.pixels() == 0 ? "" : Counted.of(work.pixels(), "pixel") + ", ",
            ByteCount.text(work.bytesRead()),
            ByteCount.text(work.bytesWritten())));
    if (done > 0) {
      // Fewer are all there are: several images may go to one place.
      long more = outputs.size() < NAMED ? 0 : done - outputs.size();
      lines.add(
          "  in " + String.join(", ", outputs) + (more == 0 ? "" : format(" and %,d more", more)));
    }
    if (doneBefore > 0) {
      lines.add(format("  %,d done by the same job before", doneBefore));
    }
    work.notes()
        .forEach((note, count) -> lines.add("  " + Counted.of(count, "object") + ": " + note));
    remarks.forEach(
        (remark, count) -> lines.add("  " + Counted.of(count, "image") + ": " + remark));
    if (work.requestsRepeated() > 0) {
      lines.add(
          "  "
              + Counted.of(work.requestsRepeated(), "request")
              + " sent again, after growing pauses, as the store asked for fewer at a time"
              + " (spark.hadoop.ngff-spark.requests)");
    }
    if (skipped > 0) {
      lines.add(
          "  "
              + Counted.of(skipped, "object")
              + " left alone, as the transform failed or they have no region");
    }
    return lines;
  }

  /**
   * Why images failed, the first of them by name, and how many were stopped; none if all are done.
   */
  public synchronized List<String> failures() {
    List<String> lines = new ArrayList<>();
    if (failed > 0) {
      lines.add(Counted.of(failed, "image") + " failed:");
      failures.forEach(failure -> lines.add("  " + failure));
    }
    if (failed > failures.size()) {
      lines.add(format("  and %,d more", failed - failures.size()));
    }
    if (stopped > 0) {
      lines.add(Counted.of(stopped, "image") + " stopped, unchanged: " + stopReason);
    }
    return lines;
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
