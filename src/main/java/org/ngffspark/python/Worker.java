// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/**
 * A process of Python that has loaded one function. It serves one thread at a time; a thread that
 * is interrupted while it waits for the process ends it. Everything may throw {@link
 * WorkerEndedException}, and {@link java.nio.channels.ClosedByInterruptException} on interruption;
 * the process is of no use then.
 */
final class Worker {

  /** What is said to the process, and what it answers. */
  @FunctionalInterface
  private interface Conversation<T> {
    T hold() throws IOException;
  }

  private final WorkerProcess process;
  private final PythonFunction function;
  private final Interruption interruption = new Interruption();
  private FunctionDescription description;
  private ObjectFrames frames;
  private Map<String, List<String>> values = Map.of();
  private Optional<ObjectContext> context = Optional.empty();

  private Worker(WorkerProcess process, PythonFunction function) {
    this.process = process;
    this.function = function;
  }

  /** Ends the process when the thread that talks to it is interrupted. */
  private final class Interruption extends AbstractInterruptibleChannel {
    <T> T guard(Conversation<T> conversation) throws IOException {
      boolean completed = false;
      try {
        begin();
        T answer = conversation.hold();
        completed = true;
        return answer;
      } finally {
        end(completed);
      }
    }

    @Override
    protected void implCloseChannel() {
      process.kill();
    }
  }

  /**
   * Starts a process and loads a function.
   *
   * @throws org.ngffspark.transform.TransformUnavailableException if Python cannot be used here
   * @throws IllegalArgumentException if the function cannot be loaded
   */
  static Worker start(PythonSettings settings, PythonFunction function) throws IOException {
    Worker worker = new Worker(WorkerProcess.start(settings), function);
    try {
      worker.interruption.guard(
          () -> {
            worker.process.greet();
            return worker.process;
          });
      worker.talk(worker::load);
      return worker;
    } catch (RuntimeException | IOException failed) {
      worker.close();
      throw failed;
    }
  }

  private <T> T talk(Conversation<T> conversation) throws IOException {
    return interruption.guard(
        () -> {
          try {
            return conversation.hold();
          } catch (IOException broken) {
            throw process.ended(broken);
          }
        });
  }

  private FunctionDescription load() throws IOException {
    Wire wire = process.wire();
    wire.send(Frame.LOAD, function.json());
    wire.flush();
    Wire.Head head = wire.head();
    JsonNode told = wire.json(head);
    if (head.kind() == Frame.FAILED) {
      throw new IllegalArgumentException(LoadFailure.text(function.name(), told));
    }
    description = FunctionDescription.of(told);
    frames = new ObjectFrames(wire, process.shared(), description);
    return description;
  }

  FunctionDescription description() {
    return description;
  }

  /**
   * Applies the function to objects that have all in common but their pixels and places: to all
   * together, if it wants them so, else to one after the other.
   *
   * @param texts values of its parameters, by name
   * @param results take the pixels, one for each object
   * @return the results
   * @throws PythonException if the function fails; the process can go on
   */
  List<Patch> apply(Map<String, List<String>> texts, List<MaskedPatch> objects, List<Patch> results)
      throws IOException {
    ObjectContext common = ObjectContext.of(objects.get(0), description);
    return talk(
        () -> {
          configure(texts);
          enter(common);
          int to;
          for (int from = 0; from < objects.size(); from = to) {
            to = description.batch() ? objects.size() : frames.fitting(objects, from);
            frames.send(objects.subList(from, to));
            frames.take(objects.subList(from, to), results.subList(from, to));
          }
          return results;
        });
  }

  private void configure(Map<String, List<String>> texts) throws IOException {
    if (texts.equals(values)) {
      return;
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    texts.forEach(
        (name, value) -> {
          ArrayNode list = json.putArray(name);
          value.forEach(list::add);
        });
    process.wire().send(Frame.CONFIGURE, json.toString());
    process.wire().flush();
    process.wire().json(process.wire().head());
    values = texts;
  }

  private void enter(ObjectContext wanted) throws IOException {
    Optional<ObjectContext> now = Optional.of(wanted);
    if (!now.equals(context)) {
      process.wire().send(Frame.CONTEXT, wanted.toJson());
      context = now;
    }
  }

  /** Number of the interpreter's process, and of the group of all that it starts. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process, whatever it does. */
  void close() {
    process.close();
  }
}
