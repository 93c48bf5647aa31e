// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/** How a run leaves a container. */
enum Ending {
  /** As after it. */
  COMMITTED("committed"),
  /** As before it. */
  UNDONE("undone");

  private final String word;

  Ending(String word) {
    this.word = word;
  }

  /** What names of directories call it. */
  String word() {
    return word;
  }
}
