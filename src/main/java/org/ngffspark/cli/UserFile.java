// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * A file that a user names.
 *
 * @param location a path of the local file system, or a URI of a file in any store
 */
record UserFile(String location) {

  /** Where it is in the local file system; empty if it is in another store. */
  Optional<Path> local() {
    URI uri = StoreLocations.uri(location);
    return Optional.of(uri).filter(StoreLocations::isLocal).map(Path::of);
  }

  /**
   * The file in the store that the folder around it is.
   *
   * @throws IllegalArgumentException if the URI names no file, or no store serves it
   */
  StorePath stored() {
    URI uri = StoreLocations.uri(location);
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + location + "' names no file; expected one as scheme://authority/folder/file");
    }
    return new StorePath(StoreLocations.open(uri.resolve(".")), name);
  }

  /**
   * What it holds.
   *
   * @param what the file is, for errors
   * @throws IllegalArgumentException if it cannot be read, or is no text in UTF-8
   */
  String text(String what) {
    try {
      Optional<Path> path = local();
      return path.isPresent() ? Files.readString(path.get()) : storedText();
    } catch (IOException unreadable) {
      throw unreadable(what, StoreException.reason(unreadable), unreadable);
    } catch (StoreException unreadable) {
      throw unreadable(what, unreadable.getMessage(), unreadable);
    }
  }

  private String storedText() throws IOException {
    StorePath file = stored();
    ByteBuffer bytes =
        file.store().read(file.path()).orElseThrow(() -> new NoSuchFileException(location));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private IllegalArgumentException unreadable(String what, String reason, Exception cause) {
    return new IllegalArgumentException(
        "Cannot read " + what + " " + location + ": " + reason, cause);
  }

  @Override
  public String toString() {
    return location;
  }
}
