// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often a request is sent before it has failed.
 *
 * @param attempts the first one included
 * @param pause before the second attempt; each further one is twice as long
 */
record WebRetries(int attempts, Duration pause) implements Serializable {
  /** Some 12 seconds in all: as long as servers ask for when they have too much to do. */
  static final WebRetries USUAL = new WebRetries(7, Duration.ofMillis(200));

  /** The pause after an attempt, counted from 1. */
  Duration after(int attempt) {
    return pause.multipliedBy(1L << (attempt - 1));
  }
}
