// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.inputs;

import java.util.ArrayList;
import java.util.List;
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

  /** Where the input lies, for people, as {@link ImageRef#toString} says it. */
  public String inputPlace() {
    String image = ref.toString();
    return path.isEmpty() ? image : image.substring(0, image.length() - path.length() - 1);
  }

  /** The groups of the input that the image lies in, as plate, row and well; outermost first. */
  public List<ImageRef> groups() {
    List<ImageRef> groups = new ArrayList<>();
    String place = ref.path();
    for (String rest = path; !rest.isEmpty(); rest = parent(rest)) {
      place = parent(place);
      groups.add(0, new ImageRef(ref.root(), place, ref.links()));
    }
    return groups;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The image beside this one of which a run with that suffix makes this one. */
  public Optional<ImageRef> sourceOf(String suffix) {
    return path.isEmpty()
        ? Optional.empty()
        : Destination.Sibling.source(ref.path(), suffix)
            .map(source -> new ImageRef(ref.root(), source, ref.links()));
  }
}
