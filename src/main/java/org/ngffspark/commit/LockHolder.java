// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who owns a container at the moment, as it says of itself.
 *
 * @param owner name of its directory
 * @param run which run; empty if that cannot be read
 * @param staging where the run stages its units, if not beside the container
 * @param first name of the owner that others were taken over from; empty if this is the first
 * @param doubt whether one of those before it may live after all
 * @param ended whether it says that it is through, and left the rest to others
 * @param silent whether it should have said long ago that it goes on, and has not
 */
record LockHolder(
    String owner,
    Optional<RunInfo> run,
    Optional<URI> staging,
    String first,
    boolean doubt,
    boolean ended,
    boolean silent) {
  private static final String STAGING = "staging";
  private static final String FIRST = "first";
  private static final String DOUBT = "doubt";
  private static final String ENDED = "ended";
  private static final char DOT = '.';
  private static final String NAME = "[A-Za-z0-9.-]*";

  /** A run that is about to begin on a container, under a name that nobody else has. */
  static LockHolder of(RunInfo run, Optional<URI> staging) {
    String digits = Integer.toHexString(ThreadLocalRandom.current().nextInt() | Integer.MIN_VALUE);
    return new LockHolder(
        run.id() + DOT + digits, Optional.of(run), staging, "", false, false, false);
  }

  /** Who succeeds this one. */
  LockHolder successor(RunInfo next) {
    LockHolder own = of(next, staging);
    return new LockHolder(own.owner, own.run, staging, firstOwner(), mayLive(), false, false);
  }

  /** Name of the owner that this one, or the one that it took over from, goes back to. */
  String firstOwner() {
    return first.isEmpty() ? owner : first;
  }

  /** This one, having said that it is through. */
  LockHolder asEnded() {
    return new LockHolder(owner, run, staging, first, doubt, true, silent);
  }

  /** This one, which has not said for long that it goes on. */
  LockHolder asSilent() {
    return new LockHolder(owner, run, staging, first, doubt, ended, true);
  }

  ByteBuffer encode() {
    ObjectNode json = CommitJson.of(run.orElseThrow());
    staging.ifPresent(uri -> json.put(STAGING, uri.toString()));
    if (!first.isEmpty()) {
      json.put(FIRST, first);
    }
    json.put(DOUBT, doubt).put(ENDED, ended);
    SealedText text = new SealedText();
    text.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
    return text.seal();
  }

  static LockHolder decode(String owner, ByteBuffer bytes) {
    return SealedText.open(bytes)
        .flatMap(text -> parse(owner, text))
        .orElseGet(
            () ->
                new LockHolder(owner, Optional.empty(), Optional.empty(), "", true, false, false));
  }

  /** Empty if it is whole but not as this version writes it. */
  private static Optional<LockHolder> parse(String owner, byte[] text) {
    try {
      JsonNode json = CommitJson.MAPPER.readTree(text);
      if (!json.path(FIRST).asText().matches(NAME)) {
        return Optional.empty();
      }
      return Optional.of(
          new LockHolder(
              owner,
              Optional.of(CommitJson.run(json)),
              Optional.ofNullable(json.get(STAGING)).map(JsonNode::asText).map(URI::create),
              json.path(FIRST).asText(),
              json.path(DOUBT).asBoolean(),
              json.path(ENDED).asBoolean(),
              false));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What can be said of it from here. */
  ProcessMark.Liveness liveness() {
    if (ended) {
      return ProcessMark.Liveness.DEAD;
    }
    ProcessMark.Liveness seen = seen();
    return silent && seen == ProcessMark.Liveness.UNKNOWN ? ProcessMark.Liveness.DEAD : seen;
  }

  /** What its process shows. */
  private ProcessMark.Liveness seen() {
    return run.map(each -> each.process().liveness()).orElse(ProcessMark.Liveness.UNKNOWN);
  }

  /** Whether it, or one before it, may go on. */
  boolean mayLive() {
    return doubt || (!ended && seen() == ProcessMark.Liveness.UNKNOWN);
  }

  /** Id of the run. */
  String id() {
    return runOf(owner);
  }

  /** Id of the run that has a name as an owner. */
  static String runOf(String owner) {
    int dot = owner.lastIndexOf(DOT);
    return dot < 0 ? owner : owner.substring(0, dot);
  }

  @Override
  public String toString() {
    return run.map(RunInfo::toString)
        .orElseGet(() -> "run " + id() + ", of which nothing else can be read,");
  }
}
