// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Two processes that write the same write unit leave one of their versions, whole. */
class TwoProcessesTest {
  private static final Shape SHAPE = Shape.of(300, 300);
  private static final int WRITES = 300;

  @TempDir Path directory;

  @Test
  void aReaderNeverSeesAMixture() throws Exception {
    // Without a compressor a torn value would decode without complaint.
    ArrayMetadata metadata =
        ArrayMetadata.defaults(ZarrFormat.V3, SHAPE, SHAPE, DataType.UINT16, List.of())
            .withEncoding(
                new ChunkEncoding.V3(TestLayouts.json(TestLayouts.PLAIN), Optional.empty()));
    ZarrArray array = ZarrArray.create(StorePath.root(LocalStore.at(directory)), metadata);
    List<Process> writers = List.of(writer(1), writer(2));
    boolean running = true;
    while (running) {
      running = writers.stream().anyMatch(Process::isAlive);
      assertOneVersion(array.read(Box.whole(SHAPE)));
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }
    NdArray last = array.read(Box.whole(SHAPE));
    assertThat(last.isFilledWith(1) || last.isFilledWith(2)).isTrue();
    assertThat(array.path().store().list("")).containsExactly("c/0/0", "zarr.json");
  }

  private static void assertOneVersion(NdArray content) {
    short first = content.buffer().getShort(0);
    assertThat(content.isFilledWith(first)).as("all elements are %d", first).isTrue();
  }

  private Process writer(int value) throws IOException {
    // Surefire gives its own jar as class path and the real one in this property.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            classPath,
            ConstantWriter.class.getName(),
            directory.toString(),
            Integer.toString(value),
            Integer.toString(WRITES))
        .inheritIO()
        .start();
  }
}
