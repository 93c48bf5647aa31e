// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What there is to say about one object beyond its pixels, for example that it was left as it was.
 * The same note twice counts once, so that it does not matter in how many parts (channels) an
 * object is transformed. A run counts the objects per note. Not safe for several threads.
 */
public final class Notes {
  // Few objects have any, and there are many objects.
  private Set<String> texts = Set.of();

  /** Adds a note: a few words without numbers, for objects are counted by it. */
  public void add(String text) {
    if (texts.isEmpty()) {
      texts = new LinkedHashSet<>();
    }
    texts.add(text);
  }

  /** The notes in the order in which they were first made. */
  public Set<String> texts() {
    return Collections.unmodifiableSet(texts);
  }
}
