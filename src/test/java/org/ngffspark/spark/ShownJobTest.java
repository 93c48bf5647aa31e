// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.WorkCount;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's pages and its history server tell of a run. */
class ShownJobTest {
  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  /** What Spark hears. */
  private static final class Heard extends SparkListener {
    private final List<Properties> jobs = new CopyOnWriteArrayList<>();
    private final List<String> stages = new CopyOnWriteArrayList<>();
    private final Map<String, Long> counted = new TreeMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      jobs.add(job.properties());
    }

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
      stages.add(stage.stageInfo().name());
      for (AccumulableInfo each :
          CollectionConverters.asJava(stage.stageInfo().accumulables()).values()) {
        if (each.name().isDefined() && each.value().get() instanceof Long value) {
          // Spark's own are of one stage, others go on from stage to stage.
          boolean own = each.name().get().startsWith("internal.");
          counted.merge(each.name().get(), value, own ? Long::sum : Long::max);
        }
      }
    }
  }

  @TempDir private Path folder;
  private final Heard heard = new Heard();

  @BeforeEach
  void listen() {
    SPARK.context().sc().addSparkListener(heard);
  }

  private WorkCount run(int tiles) throws Exception {
    JobImage.plane().label(LabelImage.discs(JobImage.NUCLEI, 7, 9)).write(folder);
    ImageRef image = new ImageRef(folder.toUri(), "");
    try {
      return SPARK.inPlace(SpecBuilder.on(JobImage.NUCLEI).build(), tiles, image).only().work();
    } finally {
      SPARK.context().sc().listenerBus().waitUntilEmpty();
      SPARK.context().sc().removeSparkListener(heard);
    }
  }

  @ParameterizedTest(name = "{0} tiles")
  @ValueSource(ints = {1, 4})
  void stagesCountWhatTheRunCounts(int tiles) throws Exception {
    WorkCount work = run(tiles);
    assertThat(heard.counted)
        .containsEntry("objects", work.objects())
        .containsEntry("chunks read", work.chunksRead() + work.labelChunksRead())
        .containsEntry("chunks written", work.unitsWritten() + work.pyramidUnitsWritten())
        .containsEntry("bytes read", work.bytesRead())
        .containsEntry("bytes written", work.bytesWritten())
        .containsEntry("internal.metrics.input.bytesRead", work.bytesRead())
        .containsEntry("internal.metrics.output.bytesWritten", work.bytesWritten());
  }

  @Test
  void jobsBearTheRunAndItsCommand() throws Exception {
    run(1);
    assertThat(heard.jobs)
        .extracting(job -> job.getProperty("spark.job.description"))
        .containsExactly("Plan of 1 image: test", "1 image: test");
    assertThat(heard.jobs)
        .extracting(job -> job.getProperty("spark.jobGroup.id"))
        .allSatisfy(group -> assertThat(group).matches("\\d{8}T\\d{6}-[0-9a-f]{16}"))
        .containsOnly(heard.jobs.get(0).getProperty("spark.jobGroup.id"));
    assertThat(heard.stages).containsExactly("Plan of 1 image", "1 image");
    assertThat(SPARK.context().getLocalProperty("spark.job.description")).isNull();
  }

  @Test
  void aProgramThatHasAJobGroupKeepsIt() throws Exception {
    SPARK.context().setJobGroup("notebook", "cell 7");
    try {
      run(1);
      assertThat(heard.jobs)
          .extracting(job -> job.getProperty("spark.jobGroup.id"))
          .containsOnly("notebook");
      assertThat(SPARK.context().getLocalProperty("spark.job.description")).isEqualTo("cell 7");
    } finally {
      SPARK.context().clearJobGroup();
    }
  }
}
