// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import org.ngffspark.commit.Stage;

/**
 * Where the tasks of one image put write units.
 *
 * @param stage of the image's transaction
 * @param from prefix of the transformed image's keys in its store, ends in {@code /} unless empty
 * @param to prefix that they have in the target's container instead
 * @param copying which write units the target gets
 */
public record StagedOutput(Stage stage, String from, String to, Copying copying)
    implements ImageOutput {

  /** Which write units the target gets. */
  public enum Copying {
    /** Those that changed; the others are there. */
    CHANGED,
    /** All: what did not change is copied as bytes. */
    ALL
  }

  /** The key in the target's container. */
  public String target(String storeKey) {
    if (!storeKey.startsWith(from)) {
      throw new IllegalArgumentException("Key " + storeKey + " does not lie below " + from);
    }
    return to + storeKey.substring(from.length());
  }
}
