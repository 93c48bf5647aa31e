// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.commit.StagedUnit;

/**
 * A short name for many facts. Of stored values it takes keys and lengths, no times: a copy of a
 * plate has the same one.
 */
public final class Fingerprint {
  private static final int DIGITS = 32;

  private final MessageDigest digest;

  Fingerprint() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Of stored values, by the lengths of their keys. */
  public static String of(SortedMap<String, Long> lengths) {
    Fingerprint all = new Fingerprint();
    lengths.forEach((key, length) -> all.add(key, Long.toString(length)));
    return all.hex();
  }

  /** Of the same after a commit of these units. */
  public static String after(SortedMap<String, Long> lengths, Collection<StagedUnit> units) {
    SortedMap<String, Long> changed = new TreeMap<>(lengths);
    for (StagedUnit unit : units) {
      if (unit.isDeletion()) {
        changed.remove(unit.key());
      } else {
        changed.put(unit.key(), unit.length());
      }
    }
    return of(changed);
  }

  /** Adds a fact; the order counts. */
  Fingerprint add(String name, String value) {
    add(name);
    add(value);
    return this;
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
