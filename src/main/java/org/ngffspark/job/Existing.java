// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** What happens to something that lies where a result goes. */
public enum Existing {
  /** The image fails, nothing is touched. */
  REFUSE,
  /** It is replaced, in one step at the end. */
  REPLACE
}
