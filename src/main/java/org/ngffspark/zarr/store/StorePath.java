// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A node of a store: a group, an array, a file.
 *
 * @param store where it lies
 * @param path key of the node, {@code ""} for the store's root
 */
public record StorePath(Store store, String path) implements Serializable {

  public static StorePath root(Store store) {
    return new StorePath(store, "");
  }

  /**
   * The key of {@code name} below this node; {@code name} is trusted and may have several parts.
   */
  public String key(String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  /**
   * The node {@code name} below this one, this one if it is empty; {@code name} is trusted and may
   * have several parts.
   */
  public StorePath child(String name) {
    return name.isEmpty() ? this : new StorePath(store, key(name));
  }

  /**
   * Follows a path found in metadata. {@code .} and {@code ..} are resolved.
   *
   * @throws IllegalArgumentException if it is empty, absolute, has empty parts or a NUL, or leaves
   *     the store
   */
  public StorePath resolve(String relative) {
    List<String> parts = new ArrayList<>();
    if (!path.isEmpty()) {
      parts.addAll(List.of(path.split("/", -1)));
    }
    String trimmed =
        relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
    for (String part : trimmed.split("/", -1)) {
      if (part.isEmpty() || part.indexOf('\0') >= 0 || part.indexOf('\\') >= 0) {
        throw new IllegalArgumentException("Path '" + relative + "' is not a relative path");
      }
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          throw new IllegalArgumentException("Path '" + relative + "' leads out of " + store.uri());
        }
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    return new StorePath(store, String.join("/", parts));
  }

  /** The last part of the path; empty for the root. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Store and path, for messages. */
  @Override
  public String toString() {
    return path.isEmpty() ? store.uri().toString() : store.uri() + "/" + path;
  }
}
