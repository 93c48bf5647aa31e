// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ngffspark.zarr.store.MemoryStore;

/** The packed fixtures that {@code src/test/python/make_wild.py} makes with other programs. */
public final class GoldenZip {
  private GoldenZip() {}

  /** All that a program wrote, and what it reads in it, in a new store. */
  public static MemoryStore open(String program) {
    MemoryStore store = new MemoryStore();
    try (InputStream file = Files.newInputStream(Golden.path("wild/" + program + ".zip"));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        store.write(entry.getName(), ByteBuffer.wrap(zip.readAllBytes()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return store;
  }
}
