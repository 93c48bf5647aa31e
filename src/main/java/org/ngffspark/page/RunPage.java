// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.report.Manifest;
import org.ngffspark.report.ProgressReport;
import org.ngffspark.samples.ImageSample;

/**
 * Keeps the page of a run in a folder: {@code report.html}, made from {@code run.jsonl}, a
 * manifest, and {@code samples.jsonl}. The page is made anew as the run goes on, as often as takes
 * little of its time, and at the end. Files of an earlier run are replaced. What cannot be written
 * does not end the run: closing tells.
 */
public final class RunPage implements AutoCloseable {
  private static final String PAGE = "report.html";
  private static final String MANIFEST = "run.jsonl";
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final int SHARE = 50;

  private final Path folder;
  private final Manifest manifest;
  private final Optional<BaseUrl> baseUrl;
  private final InstantSource clock;
  private final ShownExtremes extremes = new ShownExtremes();
  private final ProgressReport progress;
  private final Queue<UncheckedIOException> failures = new ConcurrentLinkedQueue<>();
  // What is in the file of samples: reading it for each page takes longer than the rest of one.
  private final List<JsonNode> samples = new ArrayList<>();
  private Instant next;

  private RunPage(Path folder, Manifest manifest, Optional<BaseUrl> baseUrl, InstantSource clock) {
    this.folder = folder;
    this.manifest = manifest;
    this.baseUrl = baseUrl;
    this.clock = clock;
    this.progress = ProgressReport.plain(new PrintWriter(Writer.nullWriter()), clock);
    this.next = clock.instant();
  }

  /**
   * Starts the page of a run.
   *
   * @param folder where it goes
   * @param what is run, as {@link Manifest#start} takes it
   * @param baseUrl where the input is served, for links to viewers
   * @throws IllegalArgumentException if the folder cannot be written
   */
  public static RunPage start(
      Path folder,
      RunInfo run,
      ObjectNode what,
      List<ImageRef> images,
      Optional<BaseUrl> baseUrl,
      InstantSource clock) {
    try {
      Files.createDirectories(folder);
      for (String file : List.of(MANIFEST, RunLines.SAMPLES)) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Manifest manifest = Manifest.start(folder.resolve(MANIFEST), run, what, clock);
      RunPage page = new RunPage(folder, manifest, baseUrl, clock);
      page.append(JsonNodeFactory.instance.objectNode().put("kind", "run").put("run", run.id()));
      Places.of(images).forEach(page::append);
      page.write();
      return page;
    } catch (IOException | UncheckedIOException unwritable) {
      throw new IllegalArgumentException(
          "Cannot write the report to " + folder + ": " + unwritable, unwritable);
    }
  }

  /** Where the page is. */
  public Path file() {
    return folder.resolve(PAGE);
  }

  private void append(ObjectNode line) {
    synchronized (samples) {
      samples.add(line);
      try {
        Files.writeString(
            folder.resolve(RunLines.SAMPLES),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  private List<JsonNode> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /** Who is to hear of the run. */
  public List<RunListener> listeners() {
    return List.of(
        progress,
        manifest,
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            keep(outcome);
          }
        });
  }

  private void keep(ImageOutcome outcome) {
    if (!outcome.sample().isNone()) {
      ObjectNode line = SampleJson.of(outcome.input().toString(), shown(outcome));
      attempt(() -> append(line));
    }
  }

  private ImageSample shown(ImageOutcome outcome) {
    synchronized (extremes) {
      return extremes.shown(outcome.sample());
    }
  }

  /** Makes the page anew, if that was not done just before. To be called while the run goes on. */
  public synchronized void tick() {
    if (!clock.instant().isBefore(next)) {
      attempt(this::write);
    }
  }

  private void attempt(Runnable writing) {
    try {
      writing.run();
    } catch (UncheckedIOException unwritable) {
      failures.add(unwritable);
    } catch (IllegalArgumentException gone) {
      failures.add(new UncheckedIOException(gone.getMessage(), new IOException(gone)));
    }
  }

  /** Says why the run could not begin, or broke off. */
  public void refused(String message) {
    manifest.refused(message);
  }

  /**
   * Makes the page a last time.
   *
   * @throws UncheckedIOException if it, or what it is made from, could not be written at some time
   */
  @Override
  public synchronized void close() {
    attempt(manifest::close);
    attempt(this::write);
    if (!failures.isEmpty()) {
      throw failures.element();
    }
  }

  private void write() {
    Instant start = clock.instant();
    next = start.plus(LEAST);
    RunLines lines = RunLines.readManifest(folder.resolve(MANIFEST)).with(samples());
    Optional<String> state = progress.state().filter(words -> lines.end().isEmpty());
    write(new Page(lines, baseUrl, state), folder);
    Duration pause = Duration.between(start, clock.instant()).multipliedBy(SHARE);
    next = clock.instant().plus(pause.compareTo(LEAST) > 0 ? pause : LEAST);
  }

  /**
   * Makes the page of the last run of a manifest, with the samples that lie beside it; without
   * them, with thumbnails of the images as they are now.
   *
   * @return the page
   * @throws IllegalArgumentException if there is no run
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path write(Path manifest, Path folder, Optional<BaseUrl> baseUrl) {
    RunLines lines = RunLines.read(manifest);
    RunLines shown = lines.hasSamples() ? lines : lines.with(ImagesNow.lines(lines));
    return write(new Page(shown, baseUrl, Optional.empty()), folder);
  }

  private static Path write(Page page, Path folder) {
    byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(folder);
      Path part = Files.write(folder.resolve(PAGE + ".part"), html);
      return Files.move(
          part,
          folder.resolve(PAGE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
