// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.List;

/**
 * The path by which a table names the label image that its rows belong to: {@code ../labels/nuclei}
 * as it should be, but also {@code nuclei}, or an absolute path. It is never followed.
 */
record LabelPath(String path) {
  private static final String LABELS = "labels";

  /**
   * The name of the label image: what comes after the last component {@code labels}, else the last
   * component.
   */
  String name() {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> parts = List.of(trimmed.split("/", -1));
    int labels = parts.subList(0, parts.size() - 1).lastIndexOf(LABELS);
    int from = labels < 0 ? parts.size() - 1 : labels + 1;
    return String.join("/", parts.subList(from, parts.size()));
  }
}
