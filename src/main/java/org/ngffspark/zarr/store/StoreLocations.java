// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** From what a user writes to a store. */
public final class StoreLocations {
  private static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private StoreLocations() {}

  /**
   * The URI of a location: a URI with a scheme and an absolute path stays what it is; everything
   * else is a path of the local file system, taken from the working directory if relative.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static URI uri(String location) {
    if (location.isEmpty()) {
      throw new IllegalArgumentException("An empty location; give a path or a URI");
    }
    return URI_START.matcher(location).matches()
        ? URI.create(location.replace(" ", "%20"))
        : LocalStore.at(Path.of(location)).uri();
  }

  /** Opens the store whose root is a path or URI, as {@link #uri} reads it. */
  public static Store open(String location) {
    return open(uri(location));
  }

  /**
   * Opens the store whose root is {@code uri}; nothing needs to be there yet. Without a scheme it
   * is a path. What lies in a zip archive, as {@link ArchivePath} knows it, can be read.
   *
   * @throws IllegalArgumentException if no store serves the scheme; the message lists those that do
   * @throws FormatException if a file lies there that is no zip archive
   */
  public static Store open(URI uri) {
    if (uri.getScheme() == null) {
      return open(LocalStore.at(Path.of(uri.getPath())).uri());
    }
    Optional<ArchivePath> archive = ArchivePath.of(uri);
    if (archive.isPresent()) {
      return ZipStore.at(archive.get());
    }
    if (isLocal(uri)) {
      return local(path(uri));
    }
    List<StoreProvider> providers = providers();
    return providers.stream()
        .filter(provider -> provider.handles(uri))
        .findFirst()
        .map(provider -> provider.open(uri))
        .orElseThrow(() -> unknown(uri, providers));
  }

  /**
   * As {@link #open(URI)}; a store in the local file system reads through links as it is told.
   *
   * @throws IllegalArgumentException if no store serves the scheme
   * @throws FormatException if a file lies there
   */
  public static Store open(URI uri, LinkPolicy policy) {
    return isLocal(uri) ? LocalStore.at(requireDirectory(path(uri)), policy) : open(uri);
  }

  /**
   * The one name of a location that may have several: links of a local path are resolved as far as
   * it exists; other URIs lose their trailing slashes.
   */
  public static URI canonical(URI uri) {
    Optional<ArchivePath> archive = ArchivePath.of(uri);
    if (archive.isPresent() && isFile(uri)) {
      ArchivePath path = archive.get();
      return new ArchivePath(LocalStore.at(real(path(path.archive()))).uri(), path.inside()).uri();
    }
    if (uri.getScheme() != null && !isLocal(uri)) {
      return URI.create(uri.toString().replaceAll("(?<=[^:/])/+$", ""));
    }
    Path path = uri.getScheme() == null ? Path.of(uri.getPath()) : path(uri);
    return LocalStore.at(real(path.toAbsolutePath().normalize())).uri();
  }

  /** Where something lies, links on the whole way to it followed; to be compared with others. */
  public static String real(StorePath place) {
    URI root = place.store().uri();
    return isLocal(root)
        ? canonical(Path.of(root).resolve(place.path()).toUri()).toString()
        : canonical(root) + (place.path().isEmpty() ? "" : "/" + place.path());
  }

  /** Whether the URI names a place in the local file system, and none in a zip archive there. */
  public static boolean isLocal(URI uri) {
    return isFile(uri) && ArchivePath.of(uri).isEmpty();
  }

  private static boolean isFile(URI uri) {
    return "file".equalsIgnoreCase(uri.getScheme());
  }

  private static Path real(Path path) {
    if (!Files.exists(path)) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new StoreException("find", path.toString(), e);
    }
  }

  private static Store local(Path path) {
    return LocalStore.at(requireDirectory(path));
  }

  private static Path requireDirectory(Path path) {
    if (Files.isRegularFile(path)) {
      throw new FormatException(
          path.toString(), "it is a file; expected a directory, or a zip archive (.zip, .ozx)");
    }
    return path;
  }

  private static Path path(URI uri) {
    boolean plain = uri.getPath() != null && uri.getQuery() == null && uri.getFragment() == null;
    if (!plain || (uri.getAuthority() != null && !uri.getAuthority().isEmpty())) {
      throw new IllegalArgumentException(
          "'" + uri + "' is not a local file; expected file:/absolute/path or a plain path");
    }
    return Path.of(uri.getPath());
  }

  private static List<StoreProvider> providers() {
    return ServiceLoader.load(StoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static IllegalArgumentException unknown(URI uri, List<StoreProvider> providers) {
    TreeSet<String> known = new TreeSet<>(List.of("file"));
    providers.forEach(provider -> known.addAll(provider.schemes()));
    return new IllegalArgumentException(
        "No store for '%s:' in %s; there are %s, and plain paths"
            .formatted(uri.getScheme().toLowerCase(Locale.ROOT), uri, known));
  }
}
