// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

/** What is done with an image of which something has no counterpart in its copy. */
public enum Unkept {
  /** The image fails. */
  REFUSED,
  /** It is left out, and said so in the manifest. */
  NOTED
}
