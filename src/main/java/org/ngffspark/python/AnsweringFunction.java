// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;

/**
 * A function of a file of Python that answers with something else than pixels. It is called by a
 * function of this program, added to the end of its source, which tells the answer as a note on the
 * object, so that workers need to know of one kind of function only.
 */
final class AnsweringFunction implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ANSWER = "ngff_spark_answer";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PythonTransform function;

  private AnsweringFunction(PythonTransform function) {
    this.function = function;
  }

  /**
   * Loads a function here, to learn what it says of itself.
   *
   * @param text {@code FILE.py:FUNCTION}
   * @param caller resource with the source of the function that calls it
   * @throws IllegalArgumentException if it cannot be loaded, or is not as it must be; with Python's
   *     traceback
   * @throws org.ngffspark.transform.TransformUnavailableException if Python or numpy are missing
   *     here, or too old
   */
  static AnsweringFunction load(String text, String caller, PythonSettings settings) {
    PythonFunction plain = PythonFunction.of(text);
    JsonNode json = parsed(plain.json());
    if (!json.path("kind").asText().equals("file")) {
      throw new IllegalArgumentException(
          "Functions that measure or find objects are named FILE.py:FUNCTION, got '" + text + "'");
    }
    byte[] source = Base64.getDecoder().decode(json.path("text").asText());
    String added = resource(caller).replace("{function}", json.path("function").asText());
    byte[] all =
        (new String(source, StandardCharsets.UTF_8) + added).getBytes(StandardCharsets.UTF_8);
    ObjectNode changed = json.deepCopy();
    changed.put("function", ANSWER);
    changed.put("text", Base64.getEncoder().encodeToString(all));
    PythonFunction function = new PythonFunction(plain.name(), changed.toString());
    return new AnsweringFunction(PythonTransform.load(function, settings));
  }

  private static String resource(String name) {
    try (InputStream in = AnsweringFunction.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Python told no JSON: " + broken.getMessage(), broken);
    }
  }

  AnsweringFunction configure(Parameters given) {
    return new AnsweringFunction(function.configure(given));
  }

  AnsweringFunction with(PythonSettings settings) {
    return new AnsweringFunction(function.with(settings));
  }

  /** How the processes are started that it runs in. */
  PythonSettings settings() {
    return function.settings();
  }

  String name() {
    return function.name();
  }

  String description() {
    return function.description();
  }

  List<Parameter> parameters() {
    return function.parameters();
  }

  String code() {
    return function.code();
  }

  /**
   * What it answers for an object.
   *
   * @throws PythonException if it fails
   * @throws org.ngffspark.transform.TransformUnavailableException if Python cannot be used here
   */
  JsonNode answer(MaskedPatch object) {
    function.apply(object, object.patch().copy());
    Optional<String> last = object.notes().texts().stream().reduce((first, second) -> second);
    return parsed(
        last.orElseThrow(() -> new IllegalStateException("Python told nothing of " + name())));
  }
}
