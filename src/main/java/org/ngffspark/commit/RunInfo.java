// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One run, as others find it in its lock and journal.
 *
 * @param id never used by another run; letters, digits and {@code -}
 * @param process the process that commits
 * @param start when it began
 * @param command what was typed
 * @param details what is run, for people: input, transform, options
 */
public record RunInfo(
    String id, ProcessMark process, Instant start, String command, Map<String, String> details)
    implements Serializable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  public RunInfo {
    if (!id.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(
          "The id of a run has letters, digits and '-', got '" + id + "'");
    }
    details = new TreeMap<>(details);
  }

  /** A new run of this process. */
  public static RunInfo current(String command, Map<String, String> details) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long random = ThreadLocalRandom.current().nextLong();
    String id = TIME.format(now) + "-" + Long.toHexString(random | Long.MIN_VALUE);
    return new RunInfo(id, ProcessMark.current(), now, command, details);
  }

  /** Host, process, start and command. */
  @Override
  public String toString() {
    return "run %s (host %s, process %d, started %s: %s)"
        .formatted(id, process.space().host(), process.pid(), start, command);
  }
}
