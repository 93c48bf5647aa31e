// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

/** What a run does with an image that the same job was committed to before. */
public enum Repeat {
  /** The image fails: a transform applied twice is seldom what is meant. */
  REFUSE,
  /** The image is passed over: the run goes on where an earlier one stopped. */
  RESUME,
  /** The job is applied once more. */
  AGAIN
}
