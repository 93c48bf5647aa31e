// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * One step of a commit.
 *
 * @param target key that changes, in the store of the area
 * @param staged key of the new value; empty if the target is to be deleted
 * @param length bytes of the new value
 * @param crc32c its checksum
 */
record JournalEntry(String target, String staged, long length, int crc32c) {

  boolean isDeletion() {
    return staged.isEmpty();
  }
}
