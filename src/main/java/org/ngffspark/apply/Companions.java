// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

/**
 * What a new image gets of the labels and tables of the image that it is made from. Tables refer to
 * label images, so they never go without these.
 */
public enum Companions {
  /** All labels and tables, as copies of their files. */
  LABELS_AND_TABLES,
  /** All labels, as copies of their files. */
  LABELS,
  /** None of its own: it uses those of the image that it is made from, by a link to that. */
  LINKED,
  /** None. */
  NONE;

  boolean areCopied() {
    return this == LABELS_AND_TABLES || this == LABELS;
  }
}
