// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.python.TestPython;

/**
 * Whatever the master and the tiles, a job leaves the same pixels, in the same write units, as the
 * library's sequential loop, which goes over each case once for all masters.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EqualsLoopTest {
  @TempDir private static Path folder;
  private final Map<String, Image> images = new HashMap<>();

  /**
   * An image of a case.
   *
   * @param expected what the loop leaves of it
   */
  private record Image(Path original, Path expected) {
    static Image of(JobCase each) {
      Path place = folder.resolve(each.name().replace(' ', '_'));
      Path original = place.resolve("original.zarr");
      each.image().write(original);
      Path expected = Folders.copy(original, place.resolve("expected.zarr"));
      Loops.run(each.spec(), original, expected);
      return new Image(original, expected);
    }
  }

  /** Where whole boxes and tiles of one image are at work at once. */
  @Nested
  class OnTwoThreads extends OnAMaster {
    OnTwoThreads() {
      super("local[2,3]", 2, 7, 1000);
    }
  }

  /** Where what waits for another task would wait forever. */
  @Nested
  class OnOneThread extends OnAMaster {
    OnOneThread() {
      super("local[1]", 2, 1, 2);
    }
  }

  /**
   * On two executors that are processes of their own; threads have seen every case in every cut.
   */
  @Nested
  class OnExecutors extends OnAMaster {
    OnExecutors() {
      super("local-cluster[2,1,1024]", 1, 1, 0, 9);
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract class OnAMaster {
    private final TestSpark spark;
    private final int cuts;
    private final int[] tiles;
    private int turn;

    /**
     * @param cuts how many of the numbers of tiles each case is cut into; they take turns
     * @param tiles 0 to leave their number to the job
     */
    OnAMaster(String master, int cuts, int... tiles) {
      this.spark = TestSpark.start(master);
      this.cuts = cuts;
      this.tiles = tiles;
    }

    @BeforeAll
    void starts() {
      assertThat(spark.context().parallelize(List.of(1, 2), 2).count()).isEqualTo(2);
    }

    @AfterAll
    void stop() {
      spark.close();
    }

    @ParameterizedTest
    @MethodSource("org.ngffspark.spark.JobCase#all")
    void equalsTheSequentialLoop(JobCase each) {
      assertEqual(each, each, inTurn());
    }

    @ParameterizedTest
    @MethodSource("org.ngffspark.spark.TwinCase#all")
    void functionsOfPythonEqualTheSequentialLoopOfJava(TwinCase twins) {
      assumeTrue(TestPython.isUsable(), "there is no Python with numpy");
      assertEqual(twins.inPython(), twins.inJava(), tiles[tiles.length - 1]);
    }

    private int[] inTurn() {
      int first = turn++ * cuts;
      return IntStream.range(first, first + cuts).map(i -> tiles[i % tiles.length]).toArray();
    }

    private void assertEqual(JobCase each, JobCase inALoop, int... tiles) {
      Image image = images.computeIfAbsent(each.name(), name -> Image.of(inALoop));
      for (int wanted : tiles) {
        String name = "%s-%d.zarr".formatted(getClass().getSimpleName(), wanted);
        Path actual = Folders.copy(image.original(), image.original().resolveSibling(name));
        TestSpark.Ended ended =
            spark.inPlace(each.spec(), wanted, new ImageRef(actual.toUri(), ""));
        assertThat(ended.images()).extracting(ImageOutcome::message).containsOnly("");
        assertSame(each, actual, image.expected(), wanted);
        Folders.delete(actual);
      }
    }
  }

  private static void assertSame(JobCase each, Path actual, Path expected, int tiles) {
    String node = each.spec().pixels() instanceof PixelTarget.OfLabel label ? label.name() : "";
    Container is = Container.open(actual.toString());
    Container shouldBe = Container.open(expected.toString());
    int levels = level(shouldBe, node, 0).node().metadata().datasets().size();
    for (int level = 0; level < levels; level++) {
      byte[] pixels = level(is, node, level).read().pixels().bytes();
      byte[] expectedPixels = level(shouldBe, node, level).read().pixels().bytes();
      assertThat(Arrays.mismatch(pixels, expectedPixels))
          .as("first byte that differs in level %d, %d tiles", level, tiles)
          .isEqualTo(-1);
    }
    SortedMap<String, byte[]> files = Folders.content(actual);
    SortedMap<String, byte[]> shouldBeFiles = Folders.content(expected);
    assertThat(files.keySet()).as("%d tiles", tiles).isEqualTo(shouldBeFiles.keySet());
    SortedSet<String> differing = new TreeSet<>(files.keySet());
    differing.removeIf(name -> Arrays.equals(files.get(name), shouldBeFiles.get(name)));
    String metadata = node.isEmpty() ? "" : "labels/" + node + "/";
    assertThat(differing)
        .as("%d tiles: only the record of the job differs", tiles)
        .isSubsetOf(metadata + ".zattrs", metadata + "zarr.json");
  }

  private static ImageLevel level(Container container, String label, int level) {
    return label.isEmpty() ? container.image(level) : container.label(label, level);
  }
}
