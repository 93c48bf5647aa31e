// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are created where the file system has no hard links, as FAT and some mounts. */
class AtomicFileTest {
  @TempDir Path folder;

  /** What Java says of such file systems, and what Linux says of others. */
  static Stream<AtomicFile.Links> linkless() {
    return Stream.of(
        (name, file) -> {
          throw new UnsupportedOperationException("createLink");
        },
        (name, file) -> {
          throw new FileSystemException(
              name.toString(), file.toString(), "Operation not permitted");
        });
  }

  private AtomicFile files(AtomicFile.Links links) {
    return new AtomicFile(Ownership.of(folder), links);
  }

  private static ByteBuffer bytes(int value) {
    return ByteBuffer.wrap(new byte[] {(byte) value, (byte) value});
  }

  @ParameterizedTest
  @MethodSource("linkless")
  void aFileIsCreatedOnceAndNothingLiesBesideIt(AtomicFile.Links links) throws IOException {
    Path file = folder.resolve("run/journal.json");
    assertThat(files(links).create(file, bytes(1))).isTrue();
    assertThat(files(links).create(file, bytes(2))).isFalse();
    assertThat(file).hasBinaryContent(new byte[] {1, 1});
    assertThat(LocalStoreTest.everything(folder)).containsExactly("run", "run/journal.json");
  }

  @ParameterizedTest
  @MethodSource("linkless")
  void ofManyWhoCreateAFileOneDoes(AtomicFile.Links links) throws Exception {
    Path file = folder.resolve("journal.json");
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 16; writer++) {
      ByteBuffer own = bytes(writer);
      writers.add(() -> files(links).create(file, own));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Integer> winners = new ArrayList<>();
    try {
      List<Future<Boolean>> created = threads.invokeAll(writers);
      for (int writer = 0; writer < created.size(); writer++) {
        if (created.get(writer).get()) {
          winners.add(writer);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(winners).hasSize(1);
    assertThat(Files.readAllBytes(file)).containsOnly(winners.get(0));
  }
}
