// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.net.URISyntaxException;

/** The rules for keys, the same in every store so that a container moves between them. */
public final class StoreKeys {
  private StoreKeys() {}

  /**
   * Returns the key.
   *
   * @throws IllegalArgumentException if it is empty, absolute, or has a part that is empty, {@code
   *     .}, {@code ..} or holds a NUL
   */
  public static String check(String key) {
    int start = 0;
    while (start <= key.length()) {
      int slash = key.indexOf('/', start);
      int end = slash < 0 ? key.length() : slash;
      checkPart(key, start, end);
      start = end + 1;
    }
    return key;
  }

  /** Checks a prefix: a key, or empty for the whole store. */
  public static String checkPrefix(String prefix) {
    return prefix.isEmpty() ? prefix : check(prefix);
  }

  /** Whether a name keeps the rules. */
  static boolean isKey(String name) {
    try {
      check(name);
      return true;
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  /** A key as the path of a URI, with a slash before it. */
  public static String escaped(String key) {
    try {
      return new URI(null, null, "/" + key, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Key '" + key + "' cannot be part of a URI", e);
    }
  }

  private static void checkPart(String key, int start, int end) {
    boolean dots = end - start <= 2 && key.startsWith("..".substring(0, end - start), start);
    if (dots || key.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "Key '"
              + key.replace('\0', '?')
              + "' must be relative, its parts joined by '/' and none of them empty, '.' or '..'");
    }
  }
}
