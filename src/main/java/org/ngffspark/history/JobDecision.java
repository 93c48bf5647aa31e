// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a job runs on an image, given what was committed to it before.
 *
 * @param kind what to do
 * @param reason why not to run, for people
 */
public record JobDecision(Kind kind, String reason) {

  /** What to do. */
  public enum Kind {
    RUN,
    /** It is done: list it as such. */
    SKIP,
    /** The image fails, untouched. */
    REFUSE
  }

  /** The job runs. */
  public static JobDecision run() {
    return new JobDecision(Kind.RUN, "");
  }

  /** The job does not run: what it would do is done. */
  public static JobDecision skip(String reason) {
    return new JobDecision(Kind.SKIP, reason);
  }

  /** The job does not run: the image fails. */
  public static JobDecision refuse(String reason) {
    return new JobDecision(Kind.REFUSE, reason);
  }

  /**
   * For an image that a job changes in place.
   *
   * @param history of the image
   * @param digest of the job
   * @param result fingerprint of what the job reads and writes, as it is now; asked for only if the
   *     job was the last one
   * @param repeat what was asked for
   */
  public static JobDecision inPlace(
      JobHistory history, String digest, Supplier<String> result, Repeat repeat) {
    if (repeat == Repeat.AGAIN || !history.contains(digest)) {
      return run();
    }
    JobRecord last = history.last().orElseThrow();
    if (last.digest().equals(digest) && !last.result().equals(result.get())) {
      return new JobDecision(
          Kind.REFUSE,
          "the same job was applied to it, and it was changed since then; to apply the job to what"
              + " is there now use --again");
    }
    return repeat == Repeat.RESUME
        ? done()
        : new JobDecision(
            Kind.REFUSE,
            "the same job was applied to it before; to apply it once more use --again, to go on"
                + " with other images --resume");
  }

  /**
   * For a new image that a job makes.
   *
   * @param output history of what lies there; empty if there is nothing
   * @param digest of the job
   * @param input fingerprint of what the job reads, as it is now; asked for only if the same job
   *     made what lies there
   * @param repeat what was asked for
   */
  public static JobDecision derived(
      Optional<JobHistory> output, String digest, Supplier<String> input, Repeat repeat) {
    if (output.isEmpty()) {
      return run();
    }
    Optional<JobRecord> last = output.get().last().filter(job -> job.digest().equals(digest));
    if (last.isEmpty()) {
      return occupied("it exists already, and this job did not make it");
    }
    if (!last.get().input().equals(input.get())) {
      return occupied("it exists already, and its input has changed since this job made it");
    }
    return repeat == Repeat.RESUME ? done() : occupied("it exists already");
  }

  /** The same where what lies there is to be replaced: it is not refused for that. */
  public JobDecision replacing() {
    return kind == Kind.REFUSE ? run() : this;
  }

  /** The same for one part of an image, whose name a refusal says. */
  public JobDecision of(String part) {
    return kind == Kind.REFUSE ? refuse(part + ": " + reason) : this;
  }

  private static JobDecision done() {
    return new JobDecision(Kind.SKIP, "done by the same job before");
  }

  private static JobDecision occupied(String reason) {
    return new JobDecision(
        Kind.REFUSE, reason + "; replace it with --overwrite, or choose another name");
  }
}
