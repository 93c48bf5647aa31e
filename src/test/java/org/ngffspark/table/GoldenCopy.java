// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.golden.Golden;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** A container of the golden tables in memory, to be damaged. */
final class GoldenCopy {
  private final MemoryStore store = new MemoryStore();

  GoldenCopy(String container) {
    Path root = Golden.path("tables/" + container + ".zarr");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String key = root.relativize(file).toString().replace('\\', '/');
        store.write(key, ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tables tables() {
    return Tables.open(StorePath.root(store));
  }

  List<String> keys(String table) {
    return store.list("tables/" + table);
  }

  byte[] bytes(String key) {
    ByteBuffer value = store.read(key).orElseThrow();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  void write(String key, byte[] bytes) {
    store.write(key, ByteBuffer.wrap(bytes.clone()));
  }

  void delete(String key) {
    store.delete(key);
  }

  /** Replaces a text in a file, which must have it. */
  void replace(String key, String from, String to) {
    String text = new String(bytes(key), StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(key + " has no '" + from + "': " + text);
    }
    write(key, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }
}
