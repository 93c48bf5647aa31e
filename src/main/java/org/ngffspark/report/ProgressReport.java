// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunPhase;
import org.ngffspark.job.WorkCount;

/**
 * Shows a run while it runs: on a terminal one line that is written over, elsewhere a line for each
 * image that ends and one now and then.
 */
public final class ProgressReport implements RunListener, AutoCloseable {
  private static final Duration TERMINAL_EVERY = Duration.ofMillis(100);
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(30);
  private static final double MEGA = 1e6;
  private static final int PLAIN = 0;

  private final PrintWriter out;
  private final int columns;
  private final InstantSource clock;
  private final Instant begun;
  private final TimeLeft timeLeft = new TimeLeft();
  private RunPhase phase = RunPhase.PLANNING;
  private Instant start;
  private Instant shown;
  private long images;
  private long looked;
  private long objects;
  private double objectsDone;
  private long imagesEnded;
  private long imagesFailed;
  private WorkCount work = WorkCount.NONE;
  private int lastLength;
  private boolean ended;

  private ProgressReport(PrintWriter out, int columns, InstantSource clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
    this.begun = clock.instant();
    this.start = begun;
    this.shown = begun;
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
  public synchronized void looked(long done, long allImages) {
    looked = done;
    images = allImages;
    tick();
  }

  @Override
  public synchronized void planned(long allImages, long allObjects) {
    images = allImages;
    objects = allObjects;
    phase = RunPhase.OBJECTS;
    start = clock.instant();
    shown = start;
    line(Counted.of(images, "image") + (objects == 0 ? "" : ", " + Counted.of(objects, "object")));
  }

  @Override
  public synchronized void phase(RunPhase now) {
    phase = now;
    tick();
  }

  @Override
  public synchronized void running(double allObjectsDone) {
    objectsDone = Math.max(objectsDone, allObjectsDone);
    tick();
  }

  /**
   * Of several images, some may be read by one task and not be counted before: images tell then.
   */
  @Override
  public synchronized void found(long objectsFound) {
    if (images == 1) {
      objects = Math.max(objects, objectsFound);
    }
  }

  @Override
  public synchronized void progressed(WorkCount done) {
    work = work.plus(done);
    objectsDone = Math.max(objectsDone, work.objects());
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
    imagesEnded++;
    if (outcome.state() == ImageOutcome.State.FAILED) {
      imagesFailed++;
      line("failed: " + outcome.explained());
    } else if (columns == PLAIN && outcome.state() != ImageOutcome.State.STOPPED) {
      line(done(outcome));
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
    ProgressLine line = status(shown);
    if (columns == PLAIN) {
      line(line.withoutBar());
      return;
    }
    String text = line.fitting(columns - 1);
    out.print("\r" + text + " ".repeat(Math.max(0, lastLength - text.length())));
    out.flush();
    lastLength = text.length();
  }

  /** How things stand now, in words; empty before anything is known. */
  public synchronized Optional<String> state() {
    return Optional.of(clock.instant())
        .filter(now -> images > 0)
        .map(now -> status(now).withoutBar());
  }

  private ProgressLine status(Instant now) {
    double seconds = Duration.between(start, now).toMillis() / 1000.0;
    double rate = seconds > 0 ? (work.bytesRead() + work.bytesWritten()) / MEGA / seconds : 0;
    boolean planning = phase == RunPhase.PLANNING;
    return new ProgressLine(
        phase,
        planning ? (double) looked / images : part(),
        new ProgressLine.Images(planning ? looked : imagesEnded, images, imagesFailed),
        new ProgressLine.Objects(objectsKnown(), objects),
        rate,
        Duration.between(begun, now),
        planning ? Duration.ZERO : timeLeft.at(seconds, part()));
  }

  /** A table may name more objects than there are: those that were counted then count. */
  private long objectsKnown() {
    return objects == 0 ? (long) objectsDone : (long) Math.min(objects, objectsDone);
  }

  private double part() {
    double ofImages = (double) imagesEnded / images;
    double ofObjects = objects > 0 ? objectsDone / objects : ofImages;
    return Math.min(1, Math.max(ofImages, ofObjects));
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
