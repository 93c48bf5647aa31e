// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

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

  /** Of keys as they were, in whatever order they come. */
  public static String of(Collection<InputState> states) {
    return of(lengths(states));
  }

  /** Of the same keys after a commit of these units, and of the units. */
  public static String after(Collection<InputState> states, Collection<StagedUnit> units) {
    Map<String, Long> lengths = lengths(states);
    for (StagedUnit unit : units) {
      lengths.put(unit.key(), unit.isDeletion() ? InputState.MISSING : unit.length());
    }
    return of(lengths);
  }

  private static Map<String, Long> lengths(Collection<InputState> states) {
    Map<String, Long> lengths = new TreeMap<>();
    states.forEach(each -> lengths.put(each.key(), each.length()));
    return lengths;
  }

  private static String of(Map<String, Long> lengths) {
    Fingerprint all = new Fingerprint();
    lengths.forEach((key, length) -> all.add(key, Long.toString(length)));
    return all.hex();
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
