// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** A short name for many facts. */
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

  /** Of facts that have names, such as lengths. */
  public static String of(SortedMap<String, ?> facts) {
    Fingerprint all = new Fingerprint();
    facts.forEach((name, fact) -> all.add(name, fact.toString()));
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
