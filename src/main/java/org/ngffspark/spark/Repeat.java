// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

/** What a run does with an image that the same job has transformed before. */
public enum Repeat {
  /** The image fails: a transform applied twice is seldom what is meant. */
  REFUSE,
  /** The image is passed over. */
  RESUME,
  /** It is transformed again. */
  AGAIN
}
