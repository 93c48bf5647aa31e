// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to change a key, for who synchronizes on it. It counts writes, so that a reader that
 * needs several requests for one value can tell whether all of them met the same.
 */
final class KeyLock {
  private static final long PAUSE_NANOS = 20_000;

  // Odd while somebody writes.
  private final AtomicLong writes = new AtomicLong();

  /** Writes; only for who synchronizes on this lock. */
  void write(Runnable change) {
    writes.incrementAndGet();
    try {
      change.run();
    } finally {
      writes.incrementAndGet();
    }
  }

  /** Waits until nobody writes; what is read from now on is of one value while this stays. */
  long version() {
    long version = writes.get();
    while (version % 2 != 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      version = writes.get();
    }
    return version;
  }

  /** Whether nobody has written since. */
  boolean isStill(long version) {
    return writes.get() == version;
  }
}
