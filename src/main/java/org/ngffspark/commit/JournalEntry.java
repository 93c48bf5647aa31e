// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/**
 * One step of a commit.
 *
 * @param target key that changes, below the container; of a tree, what all its keys lie below
 * @param staged name of the new value in the run's directory; empty if the target is to be deleted
 * @param length bytes of the new value; −1 if the target is a tree
 * @param crc32c its checksum
 * @param base name in the run's directory of the metadata that the new ones were made of; empty for
 *     other values, for metadata that replace all that was there, and where values are renamed
 */
record JournalEntry(String target, String staged, long length, int crc32c, String base) {
  private static final long TREE = -1;

  static JournalEntry of(StagedUnit unit) {
    return unit.isDeletion()
        ? deletion(unit.key())
        : new JournalEntry(unit.key(), unit.name(), unit.length(), unit.crc32c(), "");
  }

  static JournalEntry deletion(String target) {
    return new JournalEntry(target, "", 0, 0, "");
  }

  /** All that lies below a key goes. */
  static JournalEntry tree(String target) {
    return new JournalEntry(target, "", TREE, 0, "");
  }

  /** The same, of metadata that were made of others. */
  JournalEntry madeOf(StagedUnit before) {
    return new JournalEntry(target, staged, length, crc32c, before.name());
  }

  /** Whether the target goes: one key, or all below it. */
  boolean isDeletion() {
    return staged.isEmpty();
  }

  boolean isTree() {
    return length == TREE;
  }
}
