// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** What becomes of an object that cannot be done while the others of its image can. */
public enum OnError {
  /** Its image fails, and stays as it was. */
  FAIL,
  /** It is left as it was, or out of what is written, and is listed; its image goes on. */
  SKIP
}
