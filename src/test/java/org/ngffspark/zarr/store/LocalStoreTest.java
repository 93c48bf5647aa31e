// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreTest implements StoreContract, DirectoriesContract {
  private final AtomicInteger stores = new AtomicInteger();

  @TempDir Path directory;

  @Override
  public Store newStore() {
    return LocalStore.at(directory.resolve("store" + stores.incrementAndGet()));
  }

  static List<String> everything(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(root::relativize)
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  @Test
  void leavesNothingBesideTheValues() throws IOException {
    LocalStore store = LocalStore.at(directory);
    store.write("a/b", bytes(1));
    store.write("a/b", bytes(2));
    store.writeIfAbsent("a/c", bytes(2));
    store.writeIfAbsent("a/c", bytes(2));
    assertThat(everything(directory)).containsExactly("a", "a/b", "a/c");
  }

  @Test
  void aFailedWriteLeavesNoDirectoriesBehind() throws IOException {
    LocalStore store = LocalStore.at(directory);
    store.write("a/b", bytes(1));
    String tooLong = "a/new/directory/" + "x".repeat(300);
    assertThatThrownBy(() -> store.write(tooLong, bytes(1))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.writeIfAbsent(tooLong, bytes(1)))
        .isInstanceOf(StoreException.class);
    assertThat(everything(directory)).containsExactly("a", "a/b");
  }

  @Test
  void deleteBelowAValueKeepsTheValue() {
    LocalStore store = LocalStore.at(directory);
    store.write("a", bytes(1));
    store.delete("a/b");
    assertThat(store.read("a")).isPresent();
  }

  @Test
  void deletePrunesEmptyDirectoriesButNotTheRoot() throws IOException {
    LocalStore store = LocalStore.at(directory.resolve("root"));
    store.write("a/b/c/d", bytes(1));
    store.write("a/x", bytes(1));
    store.delete("a/b/c/d");
    assertThat(everything(directory)).containsExactly("root", "root/a", "root/a/x");
    store.delete("a/x");
    assertThat(everything(directory)).containsExactly("root");
  }

  @Test
  void temporaryFilesAreNeverListedNorReadAndGoWithTheirTree() throws IOException {
    LocalStore store = LocalStore.at(directory);
    store.write("stage/c/0", bytes(1));
    Path left = TemporaryNames.beside(directory.resolve("stage/c/1"));
    Files.write(left, new byte[] {1});
    assertThat(store.list("")).containsExactly("stage/c/0");
    assertThatThrownBy(() -> store.read("stage/c/" + left.getFileName()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temporary");
    store.deleteTree("stage");
    assertThat(everything(directory)).isEmpty();
  }

  @Test
  void namesOfTheGreatestLengthFit() {
    LocalStore store = LocalStore.at(directory);
    String key = "n".repeat(255);
    store.write(key, bytes(1));
    assertThat(store.read(key)).contains(bytes(1));
  }

  @Test
  void aPipeIsNeitherReadNorTakenForMissing() throws Exception {
    Process made = new ProcessBuilder("mkfifo", directory.resolve("pipe").toString()).start();
    assumeTrue(made.waitFor() == 0, "there is no mkfifo");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("pipe"));
    LocalStore store = LocalStore.at(directory);
    for (String key : List.of("pipe", "link")) {
      for (Callable<?> attempt :
          List.<Callable<?>>of(
              () -> store.read(key),
              () -> store.read(key, new ByteRange.Suffix(1), BufferSource.heap()),
              () -> store.status(key))) {
        assertThatThrownBy(attempt::call)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("it is a pipe, a socket or a device; expected a file")
            .hasMessageContaining(key);
      }
    }
  }

  @Test
  void aFileInTheWayOfADirectoryIsNamed() {
    LocalStore store = LocalStore.at(directory);
    store.write("a", bytes(1));
    assertThatThrownBy(() -> store.write("a/b", bytes(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(directory.resolve("a").toString());
    store.write("d/e", bytes(1));
    assertThatThrownBy(() -> store.write("d", bytes(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Is a directory");
    assertThat(store.list("")).containsExactly("a", "d/e");
  }

  @Test
  void newFilesFollowTheUmaskAndNotThePrivateModeOfTemporaryFiles() throws IOException {
    Path plain = Files.createFile(directory.resolve("plain"));
    LocalStore store = LocalStore.at(directory);
    store.write("written", bytes(1));
    store.writeIfAbsent("absent", bytes(1));
    for (String key : List.of("written", "absent")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(key))))
          .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    }
  }

  @Test
  void aMissingPermissionIsSaidWithTheFile() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.write(closed.resolve("0"), new byte[] {1});
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "the user may write everywhere");
    LocalStore store = LocalStore.at(directory);
    List<Callable<?>> attempts =
        List.of(
            () -> store.writeIfAbsent("closed/1", bytes(1)),
            Executors.callable(() -> store.write("closed/0", bytes(1))),
            Executors.callable(() -> store.delete("closed/0")));
    for (Callable<?> attempt : attempts) {
      assertThatThrownBy(attempt::call)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("permission denied")
          .hasMessageContaining(closed.toString());
    }
    assertThat(store.read("closed/0")).contains(bytes(1));
  }

  @Test
  void sweepingRemovesWhatWritersLeftAndDisturbsNone() throws Exception {
    Store store = newStore();
    Path root = directory.resolve("store1");
    Files.createDirectories(root.resolve("a/empty/deep"));
    Files.write(TemporaryNames.beside(root.resolve("a/x")), new byte[] {1});
    store.sweep("a");
    assertThat(everything(directory)).containsExactly("store1");
    AtomicBoolean done = new AtomicBoolean();
    Callable<Void> writer =
        () -> {
          try {
            for (int i = 0; i < 500; i++) {
              store.write("a/b/k", filled(i, 2_000));
              assertThat(store.writeIfAbsent("a/b/" + i, bytes(1))).isTrue();
              store.delete("a/b/" + i);
            }
          } finally {
            done.set(true);
          }
          return null;
        };
    Callable<Void> sweeper =
        () -> {
          while (!done.get()) {
            store.sweep("");
          }
          return null;
        };
    Parallel.run(List.of(writer, sweeper));
    assertThat(store.list("")).containsExactly("a/b/k");
  }

  @Test
  void storesOfOthersMayTakeSharedDirectoriesAway() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String key = "area/B/" + thread + "/lock";
      work.add(
          () -> {
            for (int i = 0; i < 400; i++) {
              // What one store has found out about directories must not help the others.
              Store store = LocalStore.at(directory);
              assertThat(store.writeIfAbsent(key, bytes(i))).isTrue();
              assertThat(LocalStore.at(directory).read(key)).contains(bytes(i));
              assertThat(LocalStore.at(directory).list("area")).contains(key);
              LocalStore.at(directory).delete(key);
              LocalStore.at(directory).sweep("area/B/" + i % 4);
              LocalStore.at(directory).deleteTree(key + "/none");
            }
            return null;
          });
    }
    Parallel.run(work);
    assertThat(everything(directory)).isEmpty();
  }

  @Test
  void valuesLongerThanOnePieceSurvive() {
    LocalStore store = LocalStore.at(directory);
    ByteBuffer value = ByteBuffer.allocate(3_500_001);
    for (int i = 0; i < value.capacity(); i++) {
      value.put(i, (byte) ((i * 31) >> 3));
    }
    store.write("long", value);
    assertThat(store.read("long")).contains(value);
    assertThat(store.read("long", new ByteRange.Slice(1_000_000, 2_000_000), BufferSource.heap()))
        .contains(value.duplicate().position(1_000_000).limit(3_000_000));
  }

  @Test
  void writersAndDeletersInOneDirectoryNeverFail() throws Exception {
    Store store = newStore();
    List<Callable<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String key = "a/b/c/" + thread;
      work.add(
          () -> {
            for (int i = 0; i < 300; i++) {
              store.write(key, bytes(i));
              assertThat(store.read(key)).contains(bytes(i));
              store.move(key, key + "-moved/x");
              store.delete(key + "-moved/x");
            }
            return null;
          });
    }
    Parallel.run(work);
    assertThat(store.list("")).isEmpty();
    assertThat(directory.resolve("store1")).isEmptyDirectory();
  }

  @Test
  void aReaderNeverSeesAPartOfAValue() throws Exception {
    Store store = newStore();
    store.write("k", filled(0, 100_000));
    AtomicBoolean done = new AtomicBoolean();
    Callable<Void> writer =
        () -> {
          for (int i = 0; i < 300; i++) {
            store.write("k", filled(i, 100_000 + i));
          }
          done.set(true);
          return null;
        };
    Callable<Void> reader =
        () -> {
          while (!done.get()) {
            ByteBuffer value = store.read("k").orElseThrow();
            assertThat(value).isEqualTo(filled(value.get(0), value.remaining()));
          }
          return null;
        };
    Parallel.run(List.of(writer, reader));
  }

  @Test
  void ofManyWritersIfAbsentOneWinsAndAllReadItsValueWhole() throws Exception {
    Store store = newStore();
    for (int round = 0; round < 50; round++) {
      String key = "locks/" + round;
      AtomicInteger winners = new AtomicInteger();
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        ByteBuffer mine = filled(thread, 5_000);
        work.add(
            () -> {
              if (store.writeIfAbsent(key, mine)) {
                winners.incrementAndGet();
              }
              ByteBuffer value = store.read(key).orElseThrow();
              assertThat(value).isEqualTo(filled(value.get(0), 5_000));
              return null;
            });
      }
      Parallel.run(work);
      assertThat(winners).hasValue(1);
    }
  }

  private static ByteBuffer filled(int value, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    java.util.Arrays.fill(buffer.array(), (byte) value);
    return buffer;
  }
}
