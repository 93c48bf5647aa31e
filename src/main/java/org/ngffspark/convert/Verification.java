// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

/** Whether what was written is compared with what was to be written. */
public enum Verification {
  NONE,
  /** Each write unit is read back and decoded before the commit. */
  READ_BACK
}
