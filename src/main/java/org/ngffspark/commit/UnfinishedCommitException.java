// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * A commit broke off after, or just at, its commit point: units may be in place that are new next
 * to some that are old. Nothing is lost; {@code recover} brings the image to one state.
 */
public final class UnfinishedCommitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfinishedCommitException(String container, Throwable cause) {
    super(
        "The commit of %s broke off; remove the cause and run 'recover %s': %s"
            .formatted(container, container, cause.getMessage()),
        cause);
  }
}
