// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

/** What happens to something that this program did not make. */
public enum Foreign {
  /** It stays, and the image fails. */
  REFUSE,
  /** It is removed like all else. */
  REMOVE
}
