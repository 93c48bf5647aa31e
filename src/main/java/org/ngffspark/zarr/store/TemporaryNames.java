// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names of files and directories that are being written. They do not depend on the final name, so
 * that a name of the longest length a file system allows still has room.
 */
public final class TemporaryNames {
  private static final String START = ".ngff-spark-";
  private static final String END = ".tmp";

  private TemporaryNames() {}

  /** A name that nobody uses. */
  public static String unused() {
    return START + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + END;
  }

  /** Whether a name is one of these; no key has one. */
  public static boolean is(String name) {
    return name.startsWith(START) && name.endsWith(END);
  }

  /** A name that nobody uses, in the same directory as {@code target}. */
  static Path beside(Path target) {
    return target.resolveSibling(unused());
  }

  static boolean is(Path file) {
    return is(file.getFileName().toString());
  }

  /** Whether a file, or a directory on the way to it from {@code start}, has such a name. */
  static boolean isWithin(Path file, Path start) {
    for (Path each = file; !each.equals(start); each = each.getParent()) {
      if (is(each)) {
        return true;
      }
    }
    return false;
  }
}
