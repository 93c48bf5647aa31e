// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.inputs;

import java.util.Optional;
import org.ngffspark.apply.Destination;
import org.ngffspark.job.ImageRef;

/**
 * An image that an input means.
 *
 * @param ref where it lies
 * @param input the input as given
 * @param path of the image in that input, as {@code B/03/0} in a plate; {@code ""} if the input is
 *     the image
 */
public record InputImage(ImageRef ref, String input, String path) {

  /** Last part of the input, without slashes at its end. */
  public String inputName() {
    String trimmed = input.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /** The image beside this one of which a run with that suffix makes this one. */
  public Optional<ImageRef> sourceOf(String suffix) {
    return path.isEmpty()
        ? Optional.empty()
        : Destination.Sibling.source(ref.path(), suffix)
            .map(source -> new ImageRef(ref.root(), source, ref.links()));
  }
}
