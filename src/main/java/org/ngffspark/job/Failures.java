// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.commit.InputChangedException;
import org.ngffspark.commit.LockedException;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;

/** Tells failures whose messages are for people from faults of the program. */
public final class Failures {
  private Failures() {}

  /** Whether the message says all: it is the caller's, or of what lies on disk, or of the store. */
  public static boolean isForeseen(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof FormatException
        || failure instanceof StoreException
        || failure instanceof ObjectFailure
        || failure instanceof EngineException
        || failure instanceof LockedException
        || failure instanceof InputChangedException;
  }
}
