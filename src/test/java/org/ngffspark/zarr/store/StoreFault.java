// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

/** How an operation of a store goes wrong when it is told to. */
public enum StoreFault {
  /** It fails and changes nothing. */
  REFUSED,
  /** It fails when half of it is done, as on a store whose writes are not atomic. */
  TORN,
  /** It does all of its work and then fails: the answer got lost. */
  ANSWER_LOST
}
