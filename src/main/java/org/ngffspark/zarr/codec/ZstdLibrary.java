// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.github.luben.zstd.util.Native;

/** The native library of zstd, which its jar unpacks into the folder of temporary files. */
final class ZstdLibrary {
  private ZstdLibrary() {}

  /**
   * Loads it, unless that was done before.
   *
   * @throws IllegalArgumentException if it cannot be unpacked, or the system refuses it
   */
  static void load() {
    if (Native.isLoaded()) {
      return;
    }
    try {
      Native.load();
    } catch (LinkageError refused) {
      String reason = String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(
          "Cannot load the library of zstd from the folder of temporary files, '"
              + System.getProperty("java.io.tmpdir")
              + "' ("
              + reason
              + "); it must be writable and must not be mounted with noexec: name another with"
              + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER, in Docker mount it with --tmpfs"
              + " /tmp:exec",
          refused);
    }
  }
}
