// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.net.URI;

/** Where the transformed pixels go. */
public sealed interface Destination extends Serializable {

  /** Into the image itself. */
  record InPlace() implements Destination {}

  /**
   * Into a new image.
   *
   * @param uri where the new container lies
   * @param existing what happens if something lies there
   */
  record NewImage(URI uri, Existing existing) implements Destination {}

  /**
   * Into a new image beside each input, registered in its well; of a label image, into a new label
   * image beside it.
   *
   * @param suffix what follows the input's name, as {@code _corrected}
   * @param existing what happens if something of that name lies there
   */
  record Sibling(String suffix, Existing existing) implements Destination {
    public Sibling {
      if (!suffix.matches("[A-Za-z0-9_.-]+")) {
        throw new IllegalArgumentException(
            "A suffix may have letters, digits, '_', '.' and '-', got '" + suffix + "'");
      }
    }
  }

  /** What happens to an image that lies at the destination already. */
  enum Existing {
    /** The image fails, nothing is touched. */
    REFUSE,
    /** It is replaced, in one step at the end. */
    REPLACE
  }
}
