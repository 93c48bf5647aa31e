// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.commit.InputChangedException;
import org.ngffspark.commit.LockedException;
import org.ngffspark.commit.UnfinishedCommitException;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells failures whose messages are for people from faults of the program. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * What those who run the program are told. A fault of the program names its kind; where it comes
   * from stands in the log.
   */
  public static String message(Throwable failure) {
    if (isForeseen(failure)) {
      return failure.getMessage();
    }
    LOG.error("A fault of the program", failure);
    return failure.toString();
  }

  /** Whether the message says all: it is the caller's, or of what lies on disk, or of the store. */
  public static boolean isForeseen(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof FormatException
        || failure instanceof StoreException
        || failure instanceof ObjectFailure
        || failure instanceof EngineException
        || failure instanceof LockedException
        || failure instanceof UnfinishedCommitException
        || failure instanceof TransformUnavailableException
        || failure instanceof InputChangedException;
  }
}
