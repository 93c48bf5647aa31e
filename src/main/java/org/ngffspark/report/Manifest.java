// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.WorkCount;

/**
 * The record of a run as JSON lines: first what was run, then one line for each image as it ends,
 * last the sum. Each line is in the file before the run goes on, so that a killed run leaves a list
 * of what it finished. If the file cannot be written any more, the run goes on and closing tells.
 */
public final class Manifest implements RunListener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final BufferedWriter writer;
  private final InstantSource clock;
  private WorkCount sum = WorkCount.NONE;
  private long done;
  private long doneBefore;
  private long failed;
  private Optional<IOException> failure = Optional.empty();

  private Manifest(Path file, BufferedWriter writer, InstantSource clock) {
    this.file = file;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Starts a manifest, replacing an older one.
   *
   * @param run what is run: inputs, options, versions
   * @throws IllegalArgumentException if the file cannot be written
   */
  public static Manifest start(Path file, ObjectNode run, InstantSource clock) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(Optional.ofNullable(parent).orElse(file.toAbsolutePath()));
      Manifest manifest = new Manifest(file, Files.newBufferedWriter(file), clock);
      ObjectNode line = line("run");
      line.put("started", clock.instant().toString());
      line.setAll(run);
      manifest.write(line);
      return manifest;
    } catch (IOException unwritable) {
      throw new IllegalArgumentException(
          "Cannot write manifest " + file + ": " + unwritable, unwritable);
    }
  }

  @Override
  public synchronized void recovered(RecoveryReport report) {
    ObjectNode line = line("recovered").put("container", report.container());
    line.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    write(line.put("detail", report.detail()));
  }

  @Override
  public synchronized void ended(ImageOutcome outcome) {
    switch (outcome.state()) {
      case DONE -> done++;
      case DONE_BEFORE -> doneBefore++;
      case FAILED -> failed++;
    }
    sum = sum.plus(outcome.work());
    ObjectNode line = line("image");
    line.put("input", outcome.input().toString());
    line.put("output", outcome.output());
    line.put("state", outcome.state().name().toLowerCase(Locale.ROOT));
    if (!outcome.message().isEmpty()) {
      line.put("message", outcome.message());
    }
    line.put("ended", clock.instant().toString());
    line.put("seconds", outcome.seconds());
    line.setAll(work(outcome.work()));
    for (SkippedObject object : outcome.skipped()) {
      line.withArray("skipped")
          .addObject()
          .put("label", object.label())
          .put("reason", object.reason());
    }
    write(line);
  }

  /**
   * Writes the last line: that the run ended by itself, and with what.
   *
   * @throws UncheckedIOException if a line could not be written
   */
  @Override
  public synchronized void close() {
    ObjectNode line = line("end");
    line.put("ended", clock.instant().toString());
    line.put("images_done", done)
        .put("images_done_before", doneBefore)
        .put("images_failed", failed);
    line.setAll(work(sum));
    write(line);
    try {
      writer.close();
    } catch (IOException unwritable) {
      failure = failure.or(() -> Optional.of(unwritable));
    }
    failure.ifPresent(
        first -> {
          throw new UncheckedIOException("Manifest " + file + " is incomplete: " + first, first);
        });
  }

  /** Says why the run could not begin. */
  public synchronized void refused(String message) {
    write(line("refused").put("message", message));
  }

  private static ObjectNode line(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }

  private static ObjectNode work(WorkCount work) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("objects", work.objects());
    node.put("pixels", work.pixels());
    node.put("chunks_read", work.chunksRead());
    node.put("label_chunks_read", work.labelChunksRead());
    node.put("units_written", work.unitsWritten());
    node.put("pyramid_units_written", work.pyramidUnitsWritten());
    node.put("bytes_read", work.bytesRead());
    node.put("bytes_written", work.bytesWritten());
    for (Map.Entry<String, Long> note : work.notes().entrySet()) {
      node.withObjectProperty("notes").put(note.getKey(), note.getValue());
    }
    return node;
  }

  private void write(JsonNode line) {
    if (failure.isPresent()) {
      return;
    }
    try {
      writer.write(JSON.writeValueAsString(line));
      writer.write('\n');
      writer.flush();
    } catch (IOException unwritable) {
      failure = Optional.of(unwritable);
    }
  }
}
