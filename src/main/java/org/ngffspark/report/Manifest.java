// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.WorkCount;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The record of a run as JSON lines, described in {@code docs/manifest.md}: first what was run,
 * then one line for each image as it ends, last the sum. Lines are appended to those that are
 * there, each in one write and before the run goes on, so that a killed run leaves a list of what
 * it finished, and runs that share a file do not mix their lines. If the file cannot be written any
 * more, the run goes on and closing tells.
 */
public final class Manifest implements RunListener, AutoCloseable {
  /** Version of the lines' form. It grows when a field changes its meaning or goes. */
  public static final int SCHEMA = 1;

  private static final String FIRST = "{\"kind\":\"";

  private final String file;
  private final OutputStream out;
  private final RunInfo run;
  private final InstantSource clock;
  private final Map<State, Long> counts = new EnumMap<>(State.class);
  private WorkCount sum = WorkCount.NONE;
  private int images;
  private Optional<String> refusal = Optional.empty();
  private Optional<IOException> failure = Optional.empty();

  private Manifest(String file, OutputStream out, RunInfo run, InstantSource clock) {
    this.file = file;
    this.out = out;
    this.run = run;
    this.clock = clock;
  }

  /**
   * Starts the record of a run, after those that are in the file.
   *
   * @param run who runs
   * @param what what is run: inputs, options, versions
   * @throws IllegalArgumentException if the file cannot be written, or is something else
   */
  public static Manifest start(Path file, RunInfo run, ObjectNode what, InstantSource clock) {
    try {
      requireManifest(file);
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(Optional.ofNullable(parent).orElse(file.toAbsolutePath()));
      OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Manifest manifest = new Manifest(file.toString(), out, run, clock);
      if (endsWithinALine(file)) {
        out.write('\n');
      }
      manifest.write(manifest.first(what));
      return manifest;
    } catch (IOException unwritable) {
      throw cannotWrite(file.toString(), unwritable);
    }
  }

  /**
   * Starts the record of a run in a new file of a store, which cannot be appended to: it is written
   * anew with all lines so far every {@link StoredLines#PAUSE}, and when the run ends, so a killed
   * run may leave out what it finished last.
   *
   * @param run who runs
   * @param what what is run: inputs, options, versions
   * @throws IllegalArgumentException if there is such a file, or it cannot be written
   */
  public static Manifest start(StorePath file, RunInfo run, ObjectNode what, InstantSource clock) {
    Manifest manifest = new Manifest(file.toString(), new StoredLines(file, clock), run, clock);
    manifest.write(manifest.first(what));
    manifest.failure.ifPresent(
        unwritable -> {
          throw cannotWrite(file.toString(), unwritable);
        });
    return manifest;
  }

  private static IllegalArgumentException cannotWrite(String file, IOException unwritable) {
    return new IllegalArgumentException(
        "Cannot write manifest " + file + ": " + StoreException.reason(unwritable), unwritable);
  }

  /** Lines at the end of a chunk, or of any other file, would damage it. */
  private static void requireManifest(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(FIRST.length()), StandardCharsets.UTF_8);
      if (!start.isEmpty() && !start.equals(FIRST)) {
        throw new IllegalArgumentException(
            "Cannot write manifest " + file + ": what is there is no manifest; name another file");
      }
    }
  }

  /** A run that was killed while it wrote has left part of a line. */
  private static boolean endsWithinALine(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1));
      return channel.read(last) == 1 && last.get(0) != '\n';
    }
  }

  private ObjectNode first(ObjectNode what) {
    images = what.path("images").size();
    ObjectNode line = line("run").put("schema", SCHEMA);
    line.put("started", run.start().toString());
    line.put("user", System.getProperty("user.name"));
    line.put("host", run.process().space().host());
    line.put("process", run.process().pid());
    return line.setAll(what);
  }

  @Override
  public synchronized void recovered(RecoveryReport report) {
    ObjectNode line = line("recovered").put("container", report.container());
    line.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    write(line.put("detail", report.detail()));
  }

  @Override
  public synchronized void ended(ImageOutcome outcome) {
    counts.merge(outcome.state(), 1L, Long::sum);
    sum = sum.plus(outcome.work());
    ObjectNode line = line("image");
    line.put("input", outcome.input().toString());
    line.put("output", outcome.output());
    line.put("state", name(outcome.state()));
    if (!outcome.message().isEmpty()) {
      line.put("message", outcome.message());
    }
    line.put("ended", clock.instant().toString());
    line.put("seconds", outcome.seconds());
    line.setAll(work(outcome.work()));
    outcome.remarks().forEach(remark -> line.withArray("remarks").add(remark));
    for (SkippedObject object : outcome.skipped()) {
      line.withArray("skipped_objects")
          .addObject()
          .put("label", object.label())
          .put("reason", object.reason());
    }
    write(line);
  }

  private static String name(State state) {
    return switch (state) {
      case DONE -> "done";
      case DONE_BEFORE -> "skipped";
      case FAILED -> "failed";
      case STOPPED -> "stopped";
    };
  }

  /**
   * Writes the last line: that the run ended by itself, and with what.
   *
   * @throws UncheckedIOException if a line could not be written
   */
  @Override
  public synchronized void close() {
    ObjectNode line = line("end").put("state", state());
    refusal.ifPresent(message -> line.put("message", message));
    line.put("ended", clock.instant().toString());
    for (State state : State.values()) {
      line.put("images_" + name(state), count(state));
    }
    line.setAll(work(sum));
    write(line);
    try {
      out.close();
    } catch (IOException unwritable) {
      failure = failure.or(() -> Optional.of(unwritable));
    }
    failure.ifPresent(
        first -> {
          throw new UncheckedIOException(
              "Manifest " + file + " is incomplete: " + StoreException.reason(first), first);
        });
  }

  private String state() {
    if (refusal.isPresent()) {
      return "refused";
    }
    if (count(State.FAILED) > 0) {
      return name(State.FAILED);
    }
    // Of a run that was told to stop before it took an image up, nothing else says so.
    long told = counts.values().stream().mapToLong(Long::longValue).sum();
    return name(count(State.STOPPED) > 0 || told < images ? State.STOPPED : State.DONE);
  }

  private long count(State state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Says why the run could not begin, or broke off. */
  public synchronized void refused(String message) {
    refusal = Optional.of(message);
  }

  private ObjectNode line(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind).put("run", run.id());
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
    if (work.requestsRepeated() > 0) {
      node.put("requests_repeated", work.requestsRepeated());
    }
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
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      failure = Optional.of(unwritable);
    }
  }
}
