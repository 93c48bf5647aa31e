// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.StorePath;

/** Where a new image is to lie. Everything is looked at before anything is removed or written. */
final class DerivationPlace {
  /** What arrays have below them: metadata and chunks, of either format and any key encoding. */
  private static final Pattern OF_ARRAY =
      Pattern.compile("\\.zarray|\\.zattrs|zarr\\.json|c|(c[/.])?\\d+([/.]\\d+)*");

  private final StorePath target;
  private final List<StorePath> arrays;

  private DerivationPlace(StorePath target, List<StorePath> arrays) {
    this.target = target;
    this.arrays = arrays;
  }

  /**
   * @throws IllegalArgumentException if something lies at the target that a new image would harm
   */
  static DerivationPlace of(StorePath target, ImageMetadata metadata) {
    if (ContainerKind.find(target).isPresent()) {
      throw new IllegalArgumentException(target + " exists already; remove it first");
    }
    Optional<Group> group = Group.open(target);
    ZarrFormat format = metadata.format();
    if (group.filter(there -> there.format() != format).isPresent()) {
      throw new IllegalArgumentException(
          target + " is a group of another Zarr format than " + format + "; remove it first");
    }
    if (group.isEmpty() && isArray(target)) {
      throw new IllegalArgumentException(target + " is a Zarr array; remove it first");
    }
    List<StorePath> arrays =
        metadata.datasets().stream().map(Dataset::path).map(target::child).toList();
    DerivationPlace place = new DerivationPlace(target, arrays);
    arrays.forEach(array -> place.requireFree(array, group));
    return place;
  }

  private static boolean isArray(StorePath path) {
    return Stream.of(".zarray", "zarr.json", "attributes.json")
        .anyMatch(file -> path.store().status(path.key(file)).isPresent());
  }

  /** An image without group metadata was never finished; in a group, arrays are somebody's. */
  private void requireFree(StorePath array, Optional<Group> group) {
    String prefix = array.key("");
    List<String> keys = array.store().list(array.path());
    boolean leftovers =
        keys.stream()
            .map(key -> key.substring(prefix.length()))
            .allMatch(OF_ARRAY.asMatchPredicate());
    if (!keys.isEmpty() && (group.isPresent() || !leftovers)) {
      throw new IllegalArgumentException(
          "An array of the new image "
              + target
              + " would lie in "
              + array
              + ", which exists already; remove it first");
    }
  }

  /** Removes the arrays of an image that was never finished, whose chunks would show as pixels. */
  void clear() {
    arrays.forEach(array -> array.store().deleteTree(array.path()));
  }
}
