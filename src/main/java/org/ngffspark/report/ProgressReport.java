// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.WorkCount;

/**
 * Shows a run while it runs: on a terminal one line that is written over, elsewhere a line for each
 * image that ends and one now and then.
 */
public final class ProgressReport implements RunListener {
  private static final int BAR = 24;
  private static final Duration TERMINAL_EVERY = Duration.ofMillis(100);
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(30);
  private static final double MEGA = 1e6;

  /** Where the progress is shown. */
  public enum Style {
    TERMINAL,
    PLAIN
  }

  private final PrintStream out;
  private final Style style;
  private final InstantSource clock;
  private final Instant start;
  private Instant shown;
  private long images;
  private long objects;
  private long imagesDone;
  private long imagesFailed;
  private WorkCount work = WorkCount.NONE;
  private int lastLength;

  public ProgressReport(PrintStream out, Style style, InstantSource clock) {
    this.out = out;
    this.style = style;
    this.clock = clock;
    this.start = clock.instant();
    this.shown = start;
  }

  @Override
  public synchronized void planned(long allImages, long allObjects) {
    images = allImages;
    objects = allObjects;
    line(String.format(Locale.ROOT, "%,d images, %,d objects", images, objects));
  }

  @Override
  public synchronized void progressed(WorkCount done) {
    work = work.plus(done);
    Duration every = style == Style.TERMINAL ? TERMINAL_EVERY : PLAIN_EVERY;
    if (Duration.between(shown, clock.instant()).compareTo(every) >= 0) {
      show();
    }
  }

  @Override
  public synchronized void ended(ImageOutcome outcome) {
    if (outcome.state() == ImageOutcome.State.FAILED) {
      imagesFailed++;
      line("failed: " + outcome.input() + ": " + outcome.message());
    } else {
      imagesDone++;
      if (style == Style.PLAIN) {
        line(done(outcome));
      }
    }
    if (style == Style.TERMINAL) {
      show();
    }
  }

  private static String done(ImageOutcome outcome) {
    if (outcome.state() == ImageOutcome.State.DONE_BEFORE) {
      return "done before: " + outcome.input();
    }
    return String.format(
        Locale.ROOT,
        "done: %s (%,d objects, %.1f s)",
        outcome.output(),
        outcome.work().objects(),
        outcome.seconds());
  }

  private void show() {
    shown = clock.instant();
    if (style == Style.PLAIN) {
      line(status());
      return;
    }
    String text = bar() + " " + status();
    out.print("\r" + text + " ".repeat(Math.max(0, lastLength - text.length())));
    out.flush();
    lastLength = text.length();
  }

  private String bar() {
    long ended = imagesDone + imagesFailed;
    double part =
        objects > 0 ? (double) work.objects() / objects : images > 0 ? (double) ended / images : 0;
    int full = (int) Math.min(BAR, Math.max(0, part * BAR));
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  private String status() {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    double rate = seconds > 0 ? (work.bytesRead() + work.bytesWritten()) / MEGA / seconds : 0;
    return String.format(
        Locale.ROOT,
        "%,d/%,d images%s, %,d/%,d objects, %.1f MB/s%s",
        imagesDone + imagesFailed,
        images,
        imagesFailed == 0 ? "" : " (" + imagesFailed + " failed)",
        work.objects(),
        objects,
        rate,
        left(seconds));
  }

  private String left(double seconds) {
    if (work.objects() == 0 || work.objects() >= objects) {
      return "";
    }
    long rest = Math.round(seconds * (objects - work.objects()) / work.objects());
    return String.format(Locale.ROOT, ", %d:%02d left", rest / 60, rest % 60);
  }

  /** Clears the line that is written over, so that other text can follow. */
  public synchronized void close() {
    if (lastLength > 0) {
      out.print("\r" + " ".repeat(lastLength) + "\r");
      out.flush();
      lastLength = 0;
    }
  }

  private void line(String text) {
    close();
    out.println(text);
  }
}
