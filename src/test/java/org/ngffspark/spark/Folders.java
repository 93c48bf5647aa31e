// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ngffspark.zarr.store.Store;

/** What lies in folders. */
final class Folders {
  private Folders() {}

  /** Copies a folder. */
  static Path copy(Path from, Path to) {
    for (Map.Entry<String, byte[]> file : content(from).entrySet()) {
      write(to.resolve(file.getKey()), file.getValue());
    }
    return to;
  }

  /** Moves a folder over another one. */
  static void replace(Path target, Path by) {
    delete(target);
    copy(by, target);
    delete(by);
  }

  /** Deletes all files below a folder; folders stay. */
  static void delete(Path folder) {
    try {
      for (String name : content(folder).keySet()) {
        Files.delete(folder.resolve(name));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All files below a folder with their bytes. */
  static SortedMap<String, byte[]> content(Path folder) {
    SortedMap<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
      return content;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All files below a folder by what they hold; equal where the folders are. */
  static SortedMap<String, Integer> digest(Path folder) {
    SortedMap<String, Integer> digest = new TreeMap<>();
    content(folder).forEach((name, bytes) -> digest.put(name, Arrays.hashCode(bytes)));
    return digest;
  }

  /** As {@link #digest(Path)}, of all values of a store. */
  static SortedMap<String, Integer> digest(Store store) {
    SortedMap<String, Integer> digest = new TreeMap<>();
    for (String key : store.list("")) {
      ByteBuffer value = store.read(key).orElseThrow();
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      digest.put(key, Arrays.hashCode(bytes));
    }
    return digest;
  }

  /** Copies all files below a folder in another one to a store, under the same names. */
  static void copy(Path source, String folder, Store store) {
    content(source.resolve(folder))
        .forEach((name, bytes) -> store.write(folder + "/" + name, ByteBuffer.wrap(bytes)));
  }

  /** Digests of the files of an image without its own attributes, which tell of its jobs. */
  static SortedMap<String, Integer> pixels(Path image) {
    SortedMap<String, Integer> pixels = new TreeMap<>(digest(image));
    pixels.keySet().removeIf(key -> key.matches(".zattrs|zarr.json"));
    return pixels;
  }
}
