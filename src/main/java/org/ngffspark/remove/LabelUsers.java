// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.LinkedStore;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/** Images that use the labels and tables of another one, which they can in file systems only. */
final class LabelUsers {
  private LabelUsers() {}

  /** Names of those that lie beside an image, sorted. */
  static List<String> of(ImageRef image) {
    StorePath path = image.open();
    if (!StoreLocations.isLocal(path.store().uri())) {
      return List.of();
    }
    Path used = Path.of(URI.create(StoreLocations.real(path)));
    Path folder = used.getParent();
    if (folder == null || folder.getParent() == null) {
      return List.of();
    }
    LocalStore store = LocalStore.at(folder.getParent());
    String around = folder.getFileName().toString();
    return store.directories().orElseThrow().names(around).stream()
        .filter(
            name ->
                link(new StorePath(store, around).child(name))
                    .filter(link -> folder.resolve(name).resolve(link).normalize().equals(used))
                    .isPresent())
        .toList();
  }

  private static Optional<String> link(StorePath group) {
    try {
      return Group.open(group)
          .map(found -> found.attributes().path(LinkedStore.FIELD).asText())
          .filter(link -> !link.isEmpty());
    } catch (FormatException damaged) {
      // What cannot be opened uses nothing.
      return Optional.empty();
    }
  }
}
