// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.WorkCount;

/**
 * Shows a run while it runs: on a terminal one line that is written over, elsewhere a line for each
 * image that ends and one now and then.
 */
public final class ProgressReport implements RunListener, AutoCloseable {
  private static final int BAR = 24;
  private static final Duration TERMINAL_EVERY = Duration.ofMillis(100);
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(30);
  private static final double MEGA = 1e6;
  private static final int PLAIN = 0;

  private final PrintWriter out;
  private final int columns;
  private final InstantSource clock;
  private Instant start;
  private Instant shown;
  private long images;
  private long objects;
  private long imagesDone;
  private long imagesFailed;
  private long imagesStopped;
  private WorkCount work = WorkCount.NONE;
  private int lastLength;
  private boolean ended;

  private ProgressReport(PrintWriter out, int columns, InstantSource clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
    this.start = clock.instant();
    this.shown = start;
  }

  /** Lines, for files and pipes. */
  public static ProgressReport plain(PrintWriter out, InstantSource clock) {
    return new ProgressReport(out, PLAIN, clock);
  }

  /**
   * A line that is written over.
   *
   * @param columns width of the terminal in characters, at least 1
   */
  public static ProgressReport terminal(PrintWriter out, int columns, InstantSource clock) {
    return new ProgressReport(out, Math.max(1, columns), clock);
  }

  @Override
  public synchronized void recovered(RecoveryReport report) {
    line(report.toString());
  }

  @Override
  public synchronized void planned(long allImages, long allObjects) {
    images = allImages;
    objects = allObjects;
    start = clock.instant();
    shown = start;
    line(Counted.of(images, "image") + (objects == 0 ? "" : ", " + Counted.of(objects, "object")));
  }

  @Override
  public synchronized void progressed(WorkCount done) {
    work = work.plus(done);
    tick();
  }

  /** Shows how things stand, if that was not done just before. */
  public synchronized void tick() {
    Duration every = columns == PLAIN ? PLAIN_EVERY : TERMINAL_EVERY;
    if (images > 0 && Duration.between(shown, clock.instant()).compareTo(every) >= 0) {
      show();
    }
  }

  @Override
  public synchronized void ended(ImageOutcome outcome) {
    if (outcome.state() == ImageOutcome.State.STOPPED) {
      imagesStopped++;
    } else if (outcome.state() == ImageOutcome.State.FAILED) {
      imagesFailed++;
      line("failed: " + outcome.input() + ": " + outcome.message());
    } else {
      imagesDone++;
      if (columns == PLAIN) {
        line(done(outcome));
      }
    }
    if (columns != PLAIN) {
      show();
    }
  }

  private static String done(ImageOutcome outcome) {
    if (outcome.state() == ImageOutcome.State.DONE_BEFORE) {
      return "done before: " + outcome.output();
    }
    return String.format(
        Locale.ROOT,
        "done: %s (%s, %.1f s)",
        outcome.output(),
        Counted.of(outcome.work().objects(), "object"),
        outcome.seconds());
  }

  private void show() {
    if (ended) {
      return;
    }
    shown = clock.instant();
    if (columns == PLAIN) {
      line(status());
      return;
    }
    String text = bar() + " " + status();
    String cut = text.substring(0, Math.min(text.length(), columns - 1));
    out.print("\r" + cut + " ".repeat(Math.max(0, lastLength - cut.length())));
    out.flush();
    lastLength = cut.length();
  }

  private double part() {
    double ofImages =
        images > 0 ? (double) (imagesDone + imagesFailed + imagesStopped) / images : 0;
    double ofObjects = objects > 0 ? (double) work.objects() / objects : ofImages;
    return Math.min(1, Math.max(ofImages, ofObjects));
  }

  private String bar() {
    int full = (int) (part() * BAR);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  private String status() {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    double rate = seconds > 0 ? (work.bytesRead() + work.bytesWritten()) / MEGA / seconds : 0;
    return String.format(
        Locale.ROOT,
        "%,d/%,d images%s, %,d%s objects, %.1f MB/s%s",
        imagesDone + imagesFailed + imagesStopped,
        images,
        imagesFailed == 0 ? "" : " (" + imagesFailed + " failed)",
        work.objects(),
        objects == 0 ? "" : String.format(Locale.ROOT, "/%,d", objects),
        rate,
        left(seconds));
  }

  private String left(double seconds) {
    if (part() == 0 || part() == 1) {
      return "";
    }
    long rest = Math.round(seconds * (1 - part()) / part());
    return String.format(Locale.ROOT, ", %d:%02d left", rest / 60, rest % 60);
  }

  /** Clears the line that is written over, so that other text can follow; shows no other. */
  @Override
  public synchronized void close() {
    clear();
    ended = true;
  }

  private void clear() {
    if (lastLength > 0) {
      out.print("\r" + " ".repeat(lastLength) + "\r");
      out.flush();
      lastLength = 0;
    }
  }

  private void line(String text) {
    if (!ended) {
      clear();
      out.println(text);
      out.flush();
    }
  }
}
