// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A function of Python, by where its code is.
 *
 * @param name as in messages and records, {@code halve.py:halve} or {@code package.module:halve}
 * @param json what the process that runs it is told, as JSON
 */
public record PythonFunction(String name, String json) implements Serializable {
  private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";
  private static final Pattern DOTTED = Pattern.compile(NAME + "(\\." + NAME + ")*");
  private static final String SUFFIX = ".py";
  private static final String PICKLED = ".pyfunction";

  /** Whether the name of a transform is meant as a function of Python: it has a colon. */
  public static boolean isNamedBy(String transform) {
    return transform.indexOf(':') >= 0;
  }

  /**
   * A function by its name on the command line: {@code FILE.py:FUNCTION}, whose source is read here
   * and sent to where it runs; or {@code package.module:FUNCTION}, which is imported there. The
   * package for Python names its files {@code FILE.pyfunction:FUNCTION}; they hold a function of a
   * notebook.
   *
   * @throws IllegalArgumentException if it is neither, or the file cannot be read
   */
  public static PythonFunction of(String text) {
    int colon = text.lastIndexOf(':');
    String place = text.substring(0, Math.max(0, colon));
    String function = text.substring(colon + 1);
    if (place.endsWith(PICKLED)) {
      String json = new String(read(Path.of(place)), StandardCharsets.UTF_8);
      return new PythonFunction(function, json);
    }
    if (place.endsWith(SUFFIX) && DOTTED.matcher(function).matches()) {
      return ofFile(Path.of(place), function);
    }
    if (DOTTED.matcher(place).matches() && DOTTED.matcher(function).matches()) {
      ObjectNode json = json("module", text, function);
      return new PythonFunction(text, json.put("module", place).toString());
    }
    throw new IllegalArgumentException(
        "A transform in Python is named FILE.py:FUNCTION or package.module:FUNCTION, got '"
            + text
            + "'");
  }

  private static PythonFunction ofFile(Path file, String function) {
    String name = file.getFileName() + ":" + function;
    ObjectNode json = json("file", name, function);
    json.put("file", file.toAbsolutePath().toString());
    json.put("text", Base64.getEncoder().encodeToString(read(file)));
    return new PythonFunction(name, json.toString());
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      String reason = Files.exists(file) ? unreadable.toString() : "there is no such file";
      throw new IllegalArgumentException(
          "Cannot read the transform in '" + file + "': " + reason, unreadable);
    }
  }

  private static ObjectNode json(String kind, String name, String function) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return json.put("kind", kind).put("name", name).put("function", function);
  }
}
