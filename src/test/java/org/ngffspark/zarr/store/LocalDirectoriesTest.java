// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust, and what the system allows, of directories of the local file system. */
final class LocalDirectoriesTest {
  /** One of them is on another device than the folders of tests, wherever those are. */
  private static final List<Path> DEVICES = List.of(Path.of("/dev/shm"), Path.of("target"));

  @TempDir Path temporary;
  private Path directory;
  private LocalStore store;
  private StoreDirectories directories;
  private Path elsewhere;

  @BeforeEach
  void open() throws IOException {
    directory = temporary.toRealPath();
    store = LocalStore.at(directory);
    directories = store.directories().orElseThrow();
    store.write("run/mark", bytes());
    store.write("image/0/.zarray", bytes());
    elsewhere = directory.resolve("nowhere");
  }

  @AfterEach
  void removeElsewhere() throws IOException {
    if (Files.exists(elsewhere)) {
      LocalStore.at(elsewhere).deleteTree("");
      Files.deleteIfExists(elsewhere);
    }
  }

  private void permit(String key, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(key), PosixFilePermissions.fromString(permissions));
  }

  private void giveAway(String key, int uid) throws IOException {
    assumeTrue(new UnixSystem().getUid() == 0, "only root may give files away");
    Files.setAttribute(directory.resolve(key), "unix:uid", uid);
  }

  private void requireTrusted(String... keys) {
    directories.requireTrusted(List.of(keys), List.of("image"));
  }

  @Test
  void whatIsOnesOwnOrTheOwnersIsTrusted() throws IOException {
    store.write("area/lock", bytes());
    requireTrusted("area", "area/lock", "area/not/there");
    giveAway("image", 1234);
    giveAway("area/lock", 1234);
    requireTrusted("area", "area/lock");
    giveAway("area/lock", 4321);
    assertThatThrownBy(() -> requireTrusted("area", "area/lock"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("it belongs to 4321")
        .hasMessageContaining("nothing in it is believed")
        .hasMessageContaining("area/lock");
  }

  @Test
  void whatOthersMayWriteIsNot() throws IOException {
    store.write("area/lock", bytes());
    for (String open : List.of("rwxr-xrwx", "rwxrwxr-x")) {
      permit("area", open);
      permit("image", "rwxr-xr-x");
      assertThatThrownBy(() -> requireTrusted("area"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("others may write it than may write " + directory.resolve("image"));
    }
    permit("image", "rwxrwxr-x");
    requireTrusted("area");
  }

  @Test
  void aLinkIsNot() throws IOException {
    Files.createSymbolicLink(directory.resolve("area"), directory.resolve("run"));
    assertThatThrownBy(() -> requireTrusted("area"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("neither a file nor a directory");
  }

  @Test
  void whereAllIsWellNothingIsLeftOfTheLook() {
    store.write("image/0/0/1", bytes(1));
    List<String> before = store.list("");
    directories.requireMovable("run", List.of("image/0/0/1", "image/0/9/9", "new/x"), "image");
    assertThat(store.list("")).isEqualTo(before);
    assertThat(directory.resolve("run")).isDirectoryContaining("glob:**/mark");
    assertThat(directory.resolve("image/0/0")).isDirectoryNotContaining("glob:**/.ngff*");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsNamed() throws IOException {
    store.write("image/0/0/1", bytes(1));
    permit("image/0/0", "r-xr-xr-x");
    assumeTrue(!Files.isWritable(directory.resolve("image/0/0")), "the user may write anywhere");
    assertThatThrownBy(() -> directories.requireMovable("run", List.of("image/0/0/1"), "image"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("permission denied")
        .hasMessageContaining(directory.resolve("image/0/0").toString());
  }

  @Test
  void aDirectoryInTheWayIsNamed() {
    store.write("image/0/0/1", bytes(1));
    assertThatThrownBy(() -> directories.requireMovable("run", List.of("image/0/0"), "image"))
        .hasMessageContaining("a directory is in the way")
        .hasMessageContaining("image/0/0");
  }

  @Test
  void aLinkOutOfTheImageIsRefused() throws IOException {
    store.write("other/x", bytes(1));
    Files.createSymbolicLink(directory.resolve("image/1"), directory.resolve("other"));
    for (String key : List.of("image/1/x", "image/1/new/y")) {
      assertThatThrownBy(() -> directories.requireMovable("run", List.of(key), "image"))
          .hasMessageContaining("leads out of");
      assertThatThrownBy(() -> directories.requireWithin(List.of(key), "image"))
          .hasMessageContaining("leads out of");
    }
    directories.requireWithin(List.of("image/0/0", "image/0/5/5/5"), "image");
    directories.requireWithin(List.of("not/there/at/all"), "not/there");
  }

  private StoreDirectories acrossDevices() throws IOException {
    Optional<Path> other = otherDevice();
    assumeTrue(other.isPresent(), "there is no second file system to write to");
    elsewhere = Files.createTempDirectory(other.orElseThrow(), "ngff-spark-test");
    store = LocalStore.at(Path.of("/"));
    return store.directories().orElseThrow();
  }

  private Optional<Path> otherDevice() throws IOException {
    for (Path device : DEVICES) {
      if (Files.isWritable(device)
          && !Files.getFileStore(device).equals(Files.getFileStore(directory))) {
        return Optional.of(device.toRealPath());
      }
    }
    return Optional.empty();
  }

  private String key(Path path) {
    return path.toString().substring(1);
  }

  @Test
  void anotherFileSystemIsFoundBeforehand() throws IOException {
    StoreDirectories all = acrossDevices();
    assertThatThrownBy(
            () ->
                all.requireMovable(
                    key(directory.resolve("run")),
                    List.of(key(elsewhere.resolve("0/1"))),
                    key(elsewhere)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another file system")
        .hasMessageContaining(elsewhere.toString());
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void whatHasToGoToAnotherFileSystemAfterAllIsCopied() throws IOException {
    StoreDirectories all = acrossDevices();
    String run = key(directory.resolve("run"));
    all.write(run, "units/1", bytes(1));
    store.move(run + "/units/1", key(elsewhere.resolve("0/1")));
    assertThat(store.read(key(elsewhere.resolve("0/1")))).contains(bytes(1));
    assertThat(store.status(run + "/units/1")).isEmpty();
    assertThat(all.moveInto(key(elsewhere.resolve("0/1")), run, "gone/1")).isTrue();
    assertThat(elsewhere).as("directories left empty go").doesNotExist();
    assertThat(all.moveInto(key(elsewhere.resolve("0/1")), run, "gone/1")).isFalse();
  }

  @Test
  void acrossFileSystemsTooNothingMovesOutOfOrIntoADirectoryThatIsGone() throws IOException {
    StoreDirectories all = acrossDevices();
    String run = key(directory.resolve("run"));
    String target = key(elsewhere.resolve("0"));
    store.write(target, bytes(9));
    all.rename(run, run + "2");
    assertThatThrownBy(() -> store.move(run + "/units/1", target))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> all.moveInto(target, run, "gone/1"))
        .isInstanceOf(StoreException.class);
    assertThat(store.read(target)).contains(bytes(9));
    try (Stream<Path> entries = Files.list(elsewhere)) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void sweepingTakesWhatInterruptedMovesLeft() throws IOException {
    store.write("image/0/0/1", bytes(1));
    store.write("image/1/x", bytes(1));
    Path file = TemporaryNames.beside(directory.resolve("image/0/0/1"));
    Path grave = TemporaryNames.beside(directory.resolve("image/0/x"));
    Path other = TemporaryNames.beside(directory.resolve("image/1/x"));
    Files.createFile(file);
    Files.createFile(other);
    Files.createFile(Files.createDirectory(grave).resolve("x"));
    directories.sweepBeside(List.of("image/0/0/1", "image/0/5/6/7"), "image");
    assertThat(file).doesNotExist();
    assertThat(grave).doesNotExist();
    assertThat(other).exists();
    assertThatCode(() -> directories.sweepBeside(List.of("no/such/key"), "no"))
        .doesNotThrowAnyException();
  }
}
