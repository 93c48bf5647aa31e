// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The program that a process of Python runs. It comes with this one, so that both ends speak the
 * same protocol; nothing is installed or left on a disk.
 */
final class WorkerProgram {
  private static final List<String> MODULES =
      List.of("arrays", "failure", "guard", "pixels", "signature", "source", "wire", "worker");
  private static final String FOLDER = "ngff_spark_worker/";

  // Each process does one object at a time; the cores are shared out by their number.
  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS");

  private WorkerProgram() {}

  /**
   * What an interpreter is started with. Any Python understands it, so that one that is too old can
   * be named.
   */
  static List<String> command(String interpreter) {
    return List.of(interpreter, "-c", text("boot.py"));
  }

  /** Adds what a process needs to what it inherits. */
  static void prepare(Map<String, String> environment) {
    THREADS.forEach(name -> environment.putIfAbsent(name, "1"));
    // Sets of strings are then in the same order everywhere.
    environment.put("PYTHONHASHSEED", "0");
    // Names and prints may have any letters, also where no locale is set.
    environment.put("PYTHONUTF8", "1");
  }

  /**
   * What a started process reads first.
   *
   * @param shared memory that it is to share, if any
   */
  static byte[] start(PythonSettings settings, Optional<SharedPixels> shared) {
    ObjectNode start = JsonNodeFactory.instance.objectNode();
    ObjectNode modules = start.putObject("modules");
    MODULES.forEach(name -> modules.put(name, text(FOLDER + name + ".py")));
    settings.searchPath().forEach(start.putArray("paths")::add);
    if (settings.memoryBytes() > 0) {
      start.put("memory", settings.memoryBytes());
    } else {
      start.putNull("memory");
    }
    start.put("shared", shared.map(memory -> memory.file().toString()).orElse(null));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(counted(text("loader.py")));
    bytes.writeBytes(counted(start.toString()));
    return bytes.toByteArray();
  }

  private static byte[] counted(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] length =
        String.format(Locale.ROOT, "%010d", bytes.length).getBytes(StandardCharsets.US_ASCII);
    byte[] both = new byte[length.length + bytes.length];
    System.arraycopy(length, 0, both, 0, length.length);
    System.arraycopy(bytes, 0, both, length.length, bytes.length);
    return both;
  }

  private static String text(String resource) {
    try (InputStream stream = WorkerProgram.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + resource + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
