// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * One step of a commit.
 *
 * @param target key that changes, below the container
 * @param staged name of the new value in the run's directory; empty if the target is to be deleted
 * @param length bytes of the new value
 * @param crc32c its checksum
 */
record JournalEntry(String target, String staged, long length, int crc32c) {

  static JournalEntry deletion(String target) {
    return new JournalEntry(target, "", 0, 0);
  }

  boolean isDeletion() {
    return staged.isEmpty();
  }
}
