// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/** Somebody changed what a run had read; its result was not committed. */
public final class InputChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param difference what was changed, from what, to what
   */
  InputChangedException(String container, String difference) {
    super(
        "Image %s was changed during the run and stays as it is now: %s; run again"
            .formatted(container, difference));
  }
}
