// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;

/** The command that brings a container to one state, as it can be typed. */
final class RecoverHint {
  private static final String LOCAL = "file:";

  private RecoverHint() {}

  /**
   * @param container its place, a path or a URI
   */
  static String of(String container) {
    String place = container.startsWith(LOCAL) ? path(container) : container;
    boolean isPlain = place.matches("[A-Za-z0-9_./:=,@%+-]+");
    return "./submit.sh recover " + (isPlain ? place : '"' + place + '"');
  }

  /** Places are put together from a URI and a path, so what follows need not be encoded. */
  private static String path(String container) {
    try {
      return URI.create(container).getPath();
    } catch (IllegalArgumentException notEncoded) {
      return container.replaceFirst("file:/+", "/");
    }
  }
}
