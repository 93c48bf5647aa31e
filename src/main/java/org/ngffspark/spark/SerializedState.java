// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an object holds, as a short text that is the same for the same content. */
final class SerializedState {
  private static final int BYTES = 16;

  private SerializedState() {}

  /**
   * The first bytes of the SHA-256 of the serialized object, in hexadecimal.
   *
   * @throws IllegalArgumentException if it cannot be serialized
   */
  static String digest(Serializable object) {
    MessageDigest digest = sha256();
    try (ObjectOutputStream out =
        new ObjectOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      out.writeObject(object);
    } catch (IOException unserializable) {
      throw new IllegalArgumentException(
          object.getClass().getName() + " cannot be sent to executors: " + unserializable,
          unserializable);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
