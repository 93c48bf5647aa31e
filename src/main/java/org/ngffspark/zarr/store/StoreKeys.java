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
    require(key.indexOf('\0') < 0, key);
    int start = 0;
    while (start <= key.length()) {
      int slash = key.indexOf('/', start);
      int end = slash < 0 ? key.length() : slash;
      require(end - start > 2 || !isDots(key, start, end), key);
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

  /** Whether a part is nothing but dots, or nothing at all. */
  private static boolean isDots(String key, int start, int end) {
    int at = start;
    while (at < end && key.charAt(at) == '.') {
      at++;
    }
    return at == end;
  }

  private static void require(boolean isKept, String key) {
    if (!isKept) {
      throw new IllegalArgumentException(
          "Key '"
              + key.replace('\0', '?')
              + "' must be relative, its parts joined by '/' and none of them empty, '.' or '..'");
    }
  }
}
