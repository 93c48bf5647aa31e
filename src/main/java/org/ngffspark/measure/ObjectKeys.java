// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** Objects of an image, each at one time point, named by label and time point. Immutable. */
public final class ObjectKeys implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No objects. */
  public static final ObjectKeys NONE = new ObjectKeys(Set.of());

  private final Set<Key> keys;

  private record Key(int time, long label) implements Serializable {}

  private ObjectKeys(Set<Key> keys) {
    this.keys = keys;
  }

  /** The objects that have more than one of the rows. */
  static ObjectKeys repeated(FeatureRows rows) {
    Set<Key> seen = new HashSet<>();
    Set<Key> repeated = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      Key key = new Key(rows.time(row), rows.label(row));
      if (!seen.add(key)) {
        repeated.add(key);
      }
    }
    return new ObjectKeys(repeated);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Number of objects. */
  public int size() {
    return keys.size();
  }

  public boolean contains(int time, long label) {
    return keys.contains(new Key(time, label));
  }

  @Override
  public String toString() {
    return keys.size() + " objects";
  }
}
