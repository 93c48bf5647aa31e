// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * One step of a commit.
 *
 * @param target key that changes, below the container; of a tree, what all its keys lie below
 * @param staged name of the new value in the run's directory; empty if the target is to be deleted
 * @param length bytes of the new value; −1 if the target is a tree
 * @param crc32c its checksum
 */
record JournalEntry(String target, String staged, long length, int crc32c) {
  private static final long TREE = -1;

  static JournalEntry deletion(String target) {
    return new JournalEntry(target, "", 0, 0);
  }

  /** All that lies below a key goes. */
  static JournalEntry tree(String target) {
    return new JournalEntry(target, "", TREE, 0);
  }

  /** Whether the target goes: one key, or all below it. */
  boolean isDeletion() {
    return staged.isEmpty();
  }

  boolean isTree() {
    return length == TREE;
  }
}
