// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.cli.demo.CellParameters;
import org.ngffspark.cli.demo.SampleImage;
import org.ngffspark.cli.demo.SampleLayout;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.job.Destination;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.TransformSpec;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class TransformJobTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2,3]"})
  void equalsTheSequentialLoop(String master) {
    Path original = image(NgffVersion.V0_4, Optional.empty());
    TransformSpec spec =
        SpecBuilder.on(SampleImage.NUCLEI)
            .transform("affine", "scale", "0.5", "offset", "3")
            .zoom(1.5)
            .build();
    Path expected = SequentialLoop.copy(original, folder.resolve("expected.zarr"));
    SequentialLoop.run(original, expected, spec);
    for (int wanted : new int[] {1, 2, 7, 100}) {
      Path actual = SequentialLoop.copy(original, folder.resolve("actual" + wanted + ".zarr"));
      run(master, spec, actual, wanted);
      assertSame(actual, expected);
    }
  }

  private void run(String master, TransformSpec spec, Path image, int wanted) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    List<ImageOutcome> outcomes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void ended(ImageOutcome outcome) {
            outcomes.add(outcome);
          }
        };
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      RunResult result =
          TransformJob.on(
                  spark,
                  new TransformJob.Request(
                      spec,
                      new Destination.InPlace(),
                      Repeat.REFUSE,
                      CommitOptions.standard(),
                      "test"))
              .withTiles(wanted)
              .execute(List.of(new ImageRef(image.toUri(), "")), listener);
      assertThat(outcomes).extracting(ImageOutcome::message).containsOnly("");
      assertThat(result.done()).isEqualTo(1);
    }
  }

  private Path image(NgffVersion version, Optional<Shape> shard) {
    Path path = folder.resolve("original.zarr");
    SampleImage.write(
        StorePath.root(LocalStore.at(path)),
        new SampleLayout(version, 3, 4, Shape.of(60, 70), shard),
        new CellParameters(7, 300, 333, 60, 300, 333));
    return path;
  }

  private static void assertSame(Path actual, Path expected) {
    Container a = Container.open(actual.toString());
    Container b = Container.open(expected.toString());
    for (int level = 0; level < b.levels(); level++) {
      assertThat(a.image(level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(b.image(level).read().pixels().bytes());
    }
  }
}
