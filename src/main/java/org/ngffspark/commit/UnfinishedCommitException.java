// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * A commit broke off after, or just at, its commit point: units may be in place that are new next
 * to some that are old, or all are and something is left beside the image. Nothing is lost; {@code
 * recover} brings the image to one state.
 */
public final class UnfinishedCommitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnfinishedCommitException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }

  /** Between the commit point and the last unit. */
  static UnfinishedCommitException brokenOff(String container, Throwable cause) {
    return new UnfinishedCommitException(
        "The commit of %s broke off; remove the cause and run '%s'"
            .formatted(container, RecoverHint.of(container)),
        cause);
  }

  /** After the last unit. */
  static UnfinishedCommitException withLeftovers(String container, Throwable cause) {
    return new UnfinishedCommitException(
        "%s is committed, but not all that the run kept beside it could be removed; run '%s'"
            .formatted(container, RecoverHint.of(container)),
        cause);
  }
}
