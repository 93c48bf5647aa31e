// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.io.IOException;

/** A process of Python ended while it was needed. */
final class WorkerEndedException extends IOException {
  private static final long serialVersionUID = 1L;

  WorkerEndedException(String message, Throwable cause) {
    super(message, cause);
  }
}
