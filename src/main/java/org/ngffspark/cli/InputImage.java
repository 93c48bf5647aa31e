// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.Optional;
import org.ngffspark.job.ImageRef;

/**
 * An image that an input means.
 *
 * @param ref where it lies
 * @param input the input as given
 * @param path of the image in that input, as {@code B/03/0} in a plate; {@code ""} if the input is
 *     the image
 */
record InputImage(ImageRef ref, String input, String path) {

  /** Last part of the input, without slashes at its end. */
  String inputName() {
    String trimmed = input.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /** The image of the same well whose name with {@code suffix} is that of this one. */
  Optional<ImageRef> sourceOf(String suffix) {
    if (path.isEmpty() || suffix.isEmpty() || !ref.path().endsWith(suffix)) {
      return Optional.empty();
    }
    String source = ref.path().substring(0, ref.path().length() - suffix.length());
    return Optional.of(new ImageRef(ref.root(), source));
  }
}
