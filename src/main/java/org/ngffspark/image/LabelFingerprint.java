// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.zarr.ZarrArray;

/** Names for states of label images, see {@link Label#fingerprint}. */
public final class LabelFingerprint {
  private static final int DIGITS = 32;
  private static final Set<String> METADATA = Set.of(".zarray", ".zattrs", "zarr.json");

  private LabelFingerprint() {}

  static String of(ZarrArray array) {
    String path = array.path().path();
    SortedMap<String, Long> lengths = new TreeMap<>();
    array
        .path()
        .store()
        .statuses(path)
        .forEach((key, status) -> lengths.put(key.substring(path.length() + 1), status.length()));
    lengths.keySet().removeAll(METADATA);
    return of(lengths);
  }

  /**
   * What the finest level of a label image will have when it holds these chunks, and no others.
   *
   * @param lengths bytes of each write unit, encoded, by its key below the level's array
   */
  public static String of(SortedMap<String, Long> lengths) {
    StringBuilder lines = new StringBuilder();
    lengths.forEach((key, length) -> lines.append(key).append(' ').append(length).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(lines.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256", missing);
    }
  }
}
