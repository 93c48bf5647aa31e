// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs as locks and journals spell them. */
final class CommitJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String ID = "run";
  private static final String HOST = "host";
  private static final String PID = "process";
  private static final String START = "start";
  private static final String COMMAND = "command";
  private static final String BOOT = "boot";
  private static final String PROCESSES = "process namespace";
  private static final String CLOCK = "clock";
  private static final String MACHINE = "machine";
  private static final String ADAPTERS = "network adapters";
  private static final String PROCESS_START = "process start";
  private static final String DETAILS = "details";

  private CommitJson() {}

  static ObjectNode of(RunInfo run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put(ID, run.id());
    ProcessSpace space = run.process().space();
    json.put(HOST, space.host());
    json.put(PID, run.process().pid());
    json.put(START, run.start().toString());
    json.put(COMMAND, run.command());
    json.put(BOOT, space.boot());
    json.put(PROCESSES, space.processes());
    json.put(CLOCK, space.clock());
    json.put(MACHINE, space.machine());
    space.adapters().forEach(json.putArray(ADAPTERS)::add);
    json.put(PROCESS_START, run.process().started());
    ObjectNode details = json.putObject(DETAILS);
    run.details().forEach(details::put);
    return json;
  }

  static RunInfo run(JsonNode json) {
    Set<String> adapters = new TreeSet<>();
    json.path(ADAPTERS).forEach(each -> adapters.add(each.asText()));
    ProcessSpace space =
        new ProcessSpace(
            json.path(HOST).asText(),
            json.path(BOOT).asText(),
            json.path(PROCESSES).asText(),
            json.path(CLOCK).asText(),
            json.path(MACHINE).asText(),
            adapters);
    ProcessMark process =
        new ProcessMark(space, json.path(PID).asLong(), json.path(PROCESS_START).asText());
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
