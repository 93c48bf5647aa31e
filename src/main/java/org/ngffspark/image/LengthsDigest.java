// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.KeyStatus;

/** Digests of the keys and lengths of the stored chunks of an array. */
final class LengthsDigest {
  private static final int DIGITS = 32;
  private static final Set<String> METADATA = Set.of(".zarray", ".zattrs", "zarr.json");

  private LengthsDigest() {}

  static String of(ZarrArray array) {
    Map<String, KeyStatus> statuses =
        new TreeMap<>(array.path().store().statuses(array.path().path()));
    int prefix = array.path().path().length();
    StringBuilder lines = new StringBuilder();
    statuses.forEach(
        (key, status) -> {
          if (!METADATA.contains(key.substring(key.lastIndexOf('/') + 1))) {
            lines.append(key.substring(prefix)).append(' ').append(status.length()).append('\n');
          }
        });
    return sha256(lines.toString());
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256", missing);
    }
  }
}
