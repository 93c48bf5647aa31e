// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreLocationsTest {
  @TempDir Path directory;

  @Test
  void pathsAndFileUrisOpenTheSameStore() {
    Path place = directory.resolve("my plate#1 %20.zarr");
    LocalStore.at(place).write("k", bytes(1));
    assertThat(StoreLocations.open(place.toString()).read("k")).contains(bytes(1));
    assertThat(StoreLocations.open(place.toUri()).read("k")).contains(bytes(1));
    assertThat(StoreLocations.open(place.toUri().toString()).read("k")).contains(bytes(1));
    assertThat(StoreLocations.open("file:" + place.toUri().getRawPath()))
        .isEqualTo(LocalStore.at(place));
  }

  @Test
  void aRelativePathStartsAtTheWorkingDirectory() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(StoreLocations.open("target/x.zarr"))
        .isEqualTo(LocalStore.at(here.resolve("target/x.zarr")));
    assertThat(StoreLocations.open(URI.create("target/x.zarr")))
        .isEqualTo(LocalStore.at(here.resolve("target/x.zarr")));
  }

  @Test
  void theUriOfALocalStoreHasNoTrailingSlashWhetherItExistsOrNot() {
    assertThat(LocalStore.at(directory).uri()).hasToString("file://" + directory);
    assertThat(LocalStore.at(directory.resolve("no")).uri())
        .hasToString("file://" + directory + "/no");
  }

  @Test
  void anUnknownSchemeListsTheKnownOnes() {
    assertThatThrownBy(() -> StoreLocations.open("nowhere://bucket/x.zarr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No store for 'nowhere:'")
        .hasMessageContaining("file");
  }

  @Test
  void whatIsNoLocalPathIsRefused() {
    assertThatThrownBy(() -> StoreLocations.open("file://host/x.zarr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plain path");
    assertThatThrownBy(() -> StoreLocations.open("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileIsNoStore() throws IOException {
    Path file = Files.createFile(directory.resolve("image.tif"));
    assertThatThrownBy(() -> StoreLocations.open(file.toString()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("it is a file");
  }

  @Test
  void oneStoreHasOneCanonicalName() throws IOException {
    Path real = Files.createDirectory(directory.toRealPath().resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    URI expected = LocalStore.at(real.resolve("a/new")).uri();
    assertThat(StoreLocations.canonical(link.resolve("a/new").toUri())).isEqualTo(expected);
    assertThat(StoreLocations.canonical(real.resolve("x/../a/new/").toUri())).isEqualTo(expected);
    assertThat(StoreLocations.canonical(URI.create("s3a://bucket/a/")))
        .isEqualTo(URI.create("s3a://bucket/a"));
  }
}
