// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ngffspark.transform.TransformTarget;

/**
 * What a function says of itself, by its signature and its attributes.
 *
 * @param description first line of its docstring; may be empty
 * @param wants names of what it asks for
 * @param batch whether it takes several objects at once
 * @param digest of its code
 */
record FunctionDescription(
    String description,
    TransformTarget target,
    boolean channelwise,
    boolean batch,
    List<String> wants,
    List<PythonParameter> parameters,
    String digest)
    implements Serializable {

  FunctionDescription {
    wants = List.copyOf(wants);
    parameters = List.copyOf(parameters);
  }

  static FunctionDescription of(JsonNode json) {
    List<PythonParameter> parameters = new ArrayList<>();
    json.path("parameters").forEach(each -> parameters.add(PythonParameter.of(each)));
    return new FunctionDescription(
        json.path("description").asText(),
        TransformTarget.valueOf(json.path("target").asText().toUpperCase(Locale.ROOT)),
        json.path("channelwise").asBoolean(),
        json.path("batch").asBoolean(),
        PythonParameter.texts(json.path("wants")),
        parameters,
        json.path("digest").asText());
  }

  /** Whether it asks for ids of new objects. */
  boolean makesLabels() {
    return wants("new_label");
  }

  boolean wants(String name) {
    return wants.contains(name);
  }
}
