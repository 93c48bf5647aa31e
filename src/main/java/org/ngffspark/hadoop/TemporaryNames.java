// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.Path;

/** Names of files and directories that are being written; no key has one. */
final class TemporaryNames {
  private static final String START = ".ngff-spark-";
  private static final String END = ".tmp";

  private TemporaryNames() {}

  /** A name that nobody uses, in the same directory as {@code target}. */
  static Path beside(Path target) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return new Path(target.getParent(), START + random + END);
  }

  static boolean is(String name) {
    return name.startsWith(START) && name.endsWith(END);
  }
}
