// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a job runs on an image, given what was committed to it before.
 *
 * @param reason a sentence for people
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

  /** What was asked for should a job have been committed before. */
  public enum Repeat {
    /** Nothing was said: a second time would be an accident. */
    REFUSE,
    /** {@code --resume}: go on where an earlier run stopped. */
    RESUME,
    /** {@code --again}: once more. */
    AGAIN
  }

  /**
   * For an image that a job changes in place.
   *
   * @param history of the image
   * @param job what is to be run
   * @param result fingerprint of the keys that the job reads and writes, as they are now; asked for
   *     only if the job was the last one
   * @param repeat what was asked for
   */
  public static JobDecision inPlace(
      JobHistory history, JobRecord job, Supplier<String> result, Repeat repeat) {
    if (repeat == Repeat.AGAIN) {
      return new JobDecision(Kind.RUN, "asked to apply it again");
    }
    if (!history.contains(job)) {
      return new JobDecision(Kind.RUN, "not applied yet");
    }
    JobRecord last = history.last().orElseThrow();
    if (last.digest().equals(job.digest()) && !last.result().equals(result.get())) {
      return new JobDecision(
          Kind.REFUSE,
          "the same job was applied, and the image was changed since then; to apply it to what is"
              + " there now use --again");
    }
    return repeat == Repeat.RESUME
        ? new JobDecision(Kind.SKIP, "done by the same job")
        : new JobDecision(
            Kind.REFUSE,
            "the same job was applied already; to apply it once more use --again, to go on with the"
                + " other images --resume");
  }

  /**
   * For a new image that a job makes.
   *
   * @param output history of the new image; empty if there is none
   * @param job what is to be run, with the fingerprint of the input as it is now
   * @param repeat what was asked for; {@link Repeat#AGAIN} replaces the image
   */
  public static JobDecision derived(Optional<JobHistory> output, JobRecord job, Repeat repeat) {
    if (output.isEmpty() || repeat == Repeat.AGAIN) {
      return new JobDecision(Kind.RUN, output.isEmpty() ? "not made yet" : "asked to replace it");
    }
    Optional<JobRecord> last = output.get().last();
    if (last.isEmpty() || !last.get().digest().equals(job.digest())) {
      return refusal("it exists, and another job made it");
    }
    if (!last.get().input().equals(job.input())) {
      return refusal("the same job made it from an input that has changed since");
    }
    return repeat == Repeat.RESUME
        ? new JobDecision(Kind.SKIP, "done by the same job")
        : refusal("the same job made it already");
  }

  private static JobDecision refusal(String reason) {
    return new JobDecision(Kind.REFUSE, reason + "; to replace it use --overwrite");
  }
}
