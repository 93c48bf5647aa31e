// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.zarr.json.JsonView;

/** The rules for names and paths of nodes that metadata point to: they never leave their group. */
public final class NodeName {
  private static final int LONGEST = 255;
  private static final List<String> RESERVED =
      List.of(".zarray", ".zattrs", ".zgroup", ".zmetadata", "attributes.json", "zarr.json");

  private NodeName() {}

  /**
   * Reads a path found in metadata; one {@code /} at its end is dropped.
   *
   * @throws org.ngffspark.zarr.store.FormatException if it is empty, absolute, or has a part that
   *     is no name
   */
  static String path(JsonView view) {
    String path = withoutLastSlash(view.text());
    for (String part : path.split("/", -1)) {
      problem(part)
          .ifPresent(
              problem -> {
                throw view.problem(
                    "must be a relative path inside its group (a part " + problem + ")");
              });
    }
    return path;
  }

  /** Whether this is a relative path inside a group. */
  static boolean isPath(String path) {
    return Stream.of(path.split("/", -1)).allMatch(part -> problem(part).isEmpty());
  }

  static String withoutLastSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Reads a name found in metadata: a path of one part. */
  static String name(JsonView view) {
    problem(view.text())
        .ifPresent(
            problem -> {
              throw view.problem("must be a name inside its group (it " + problem + ")");
            });
    return view.text();
  }

  /**
   * Checks a name that a caller wants to give.
   *
   * @throws IllegalArgumentException if it could not be read back
   */
  public static String checked(String name) {
    problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("'" + name + "' is not a name: it " + problem);
            });
    return name;
  }

  private static Optional<String> problem(String part) {
    if (part.isEmpty()) {
      return Optional.of("is empty");
    }
    if (part.equals(".") || part.equals("..")) {
      return Optional.of("is '" + part + "'");
    }
    if (part.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ')) {
      return Optional.of("has a slash, a backslash or a control character");
    }
    if (part.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    if (RESERVED.contains(part)) {
      return Optional.of("is the metadata file '" + part + "'");
    }
    return Optional.empty();
  }
}
