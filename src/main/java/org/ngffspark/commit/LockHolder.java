// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a lock says.
 *
 * @param run who holds it; empty if the lock is damaged: a store that does not write in one step
 *     was interrupted
 * @param staging where the run stages its units, if not beside the container
 * @param liveness whether the run is still at work
 */
record LockHolder(Optional<RunInfo> run, Optional<URI> staging, ProcessMark.Liveness liveness) {
  private static final String STAGING = "staging";

  static ByteBuffer encode(RunInfo run, Optional<URI> staging) {
    ObjectNode json = CommitJson.of(run);
    staging.ifPresent(uri -> json.put(STAGING, uri.toString()));
    SealedText text = new SealedText();
    text.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
    return text.seal();
  }

  static LockHolder decode(ByteBuffer bytes) {
    return SealedText.open(bytes).map(LockHolder::parse).orElseGet(LockHolder::damaged);
  }

  private static LockHolder damaged() {
    return new LockHolder(Optional.empty(), Optional.empty(), ProcessMark.Liveness.DEAD);
  }

  private static LockHolder parse(byte[] text) {
    try {
      JsonNode json = CommitJson.MAPPER.readTree(text);
      RunInfo run = CommitJson.run(json);
      Optional<URI> staging =
          Optional.ofNullable(json.get(STAGING)).map(JsonNode::asText).map(URI::create);
      return new LockHolder(Optional.of(run), staging, run.process().liveness());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isDamaged() {
    return run.isEmpty();
  }

  boolean isHeldBy(RunInfo other) {
    return run.map(RunInfo::id).equals(Optional.of(other.id()));
  }

  /** Id of the run; a damaged lock has none. */
  String id() {
    return run.map(RunInfo::id).orElse("damaged");
  }

  @Override
  public String toString() {
    return run.map(RunInfo::toString).orElse("a run that died while it took the lock");
  }
}
