// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Runs as locks and journals spell them. */
final class CommitJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String ID = "run";
  private static final String HOST = "host";
  private static final String PID = "process";
  private static final String START = "start";
  private static final String COMMAND = "command";
  private static final String KERNEL = "kernel";
  private static final String MACHINE = "machine";
  private static final String PROCESS_START = "process start";
  private static final String DETAILS = "details";

  private CommitJson() {}

  static ObjectNode of(RunInfo run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put(ID, run.id());
    json.put(HOST, run.process().host());
    json.put(PID, run.process().pid());
    json.put(START, run.start().toString());
    json.put(COMMAND, run.command());
    json.put(KERNEL, run.process().kernel());
    json.put(MACHINE, run.process().machine());
    json.put(PROCESS_START, run.process().started());
    ObjectNode details = json.putObject(DETAILS);
    run.details().forEach(details::put);
    return json;
  }

  static RunInfo run(JsonNode json) {
    ProcessMark process =
        new ProcessMark(
            json.path(HOST).asText(),
            json.path(PID).asLong(),
            json.path(KERNEL).asText(),
            json.path(MACHINE).asText(),
            json.path(PROCESS_START).asText());
    Map<String, String> details = new TreeMap<>();
    json.path(DETAILS)
        .properties()
        .forEach(each -> details.put(each.getKey(), each.getValue().asText()));
    return new RunInfo(
        json.path(ID).asText(),
        process,
        Instant.parse(json.path(START).asText()),
        json.path(COMMAND).asText(),
        details);
  }
}
