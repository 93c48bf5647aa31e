// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A place in a zip archive, as users write it: {@code plate.zarr.zip} or {@code plate.ozx}, and
 * below it {@code plate.ozx/B/03/0}.
 *
 * @param archive of the file, without a trailing slash
 * @param inside path within the archive; {@code ""} for all of it
 */
public record ArchivePath(URI archive, String inside) {

  /**
   * The first part of a URI's path that names an archive by its ending; in the local file system it
   * must be a file, for folders are called so as well.
   */
  public static Optional<ArchivePath> of(URI uri) {
    String whole = uri.toString();
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    if (uri.getScheme() == null || !whole.endsWith(path)) {
      return Optional.empty();
    }
    int start = whole.length() - path.length();
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      URI archive = URI.create(whole.substring(0, start + slash));
      if (isArchive(archive)) {
        String inside = URI.create(path.substring(slash).replaceAll("^/+", "/")).getPath();
        return Optional.of(new ArchivePath(archive, inside.replaceAll("^/|/+$", "")));
      }
    }
    return isArchive(uri) ? Optional.of(new ArchivePath(uri, "")) : Optional.empty();
  }

  private static boolean isArchive(URI uri) {
    String lower = uri.toString().toLowerCase(Locale.ROOT);
    boolean named = lower.endsWith(".zip") || lower.endsWith(".ozx");
    return named && (!isFile(uri) || Files.isRegularFile(Path.of(uri)));
  }

  private static boolean isFile(URI uri) {
    return "file".equalsIgnoreCase(uri.getScheme()) && uri.getAuthority() == null;
  }

  /** The directory that the archive lies in. */
  URI directory() {
    String whole = archive.toString();
    return URI.create(whole.substring(0, whole.lastIndexOf('/') + 1));
  }

  /** Name of the archive in its directory. */
  String name() {
    return archive.getPath().substring(archive.getPath().lastIndexOf('/') + 1);
  }

  /** The place itself. */
  URI uri() {
    return inside.isEmpty()
        ? archive
        : URI.create(archive + StoreKeys.escaped(StoreKeys.check(inside)));
  }
}
