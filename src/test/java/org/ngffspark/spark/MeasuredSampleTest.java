// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.image.Container;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.Sampling;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.ObjectSample;
import org.ngffspark.samples.SampledChannel;
import org.ngffspark.table.Column;
import org.ngffspark.table.FeatureTable;
import org.ngffspark.table.WritableBackend;

class MeasuredSampleTest {
  private static final String TABLE = "features";

  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void makeImage() {
    image = folder.resolve("image.zarr");
    JobImage.plane()
        .axes("c", "y", "x")
        .shape(2, 200, 240)
        .chunks(1, 50, 60)
        .label(LabelImage.discs(JobImage.NUCLEI, 90, 9))
        .write(image);
  }

  private ImageSample sample(int tiles) {
    MeasureTask task =
        new MeasureTask(
            JobImage.NUCLEI,
            new PixelTarget.OfImage(List.of(), 0),
            FeatureSet.of(List.of("shape", "intensity")),
            LabelSelection.all(),
            TABLE,
            WritableBackend.ANNDATA,
            Existing.REPLACE,
            FeatureExport.NONE);
    TestSpark.Ended ended =
        SPARK.run(
            task,
            RunSettings.of("test").withSampling(Sampling.PAGE),
            tiles,
            new ImageRef(image.toUri(), ""));
    assertThat(ended.only().message()).isEmpty();
    return ended.only().sample();
  }

  private Container container() {
    return Container.open(image.toString());
  }

  @Test
  void samplesAreTheSameHoweverImagesAreCut() {
    ImageSample whole = sample(1);
    assertThat(whole.objects()).hasSizeGreaterThanOrEqualTo(64);
    ImageSample cut = sample(6);
    assertThat(cut.objects()).usingRecursiveComparison().isEqualTo(whole.objects());
    assertThat(cut.features()).usingRecursiveComparison().isEqualTo(whole.features());
  }

  @Test
  void samplesHoldThePixelsOfTheObjects() {
    for (ObjectSample object : sample(6).objects()) {
      for (SampledChannel channel : object.channels()) {
        MaskedPatch patch =
            container()
                .maskedImage(JobImage.NUCLEI)
                .channels(channel.channel())
                .read(object.label());
        double[] inside =
            IntStream.range(0, patch.patch().size())
                .filter(patch.mask()::at)
                .mapToDouble(patch.patch()::value)
                .toArray();
        assertThat(object.pixels()).isEqualTo(inside.length);
        assertThat(channel.times().get(0).mean())
            .isCloseTo(Arrays.stream(inside).average().orElseThrow(), within(1e-6));
      }
    }
  }

  @Test
  void theExtremesOfAllObjectsHavePictures() {
    ImageSample sample = sample(6);
    Set<Long> pictured =
        sample.objects().stream()
            .filter(object -> !object.frame().isNone())
            .map(ObjectSample::label)
            .collect(Collectors.toSet());
    FeatureTable table = container().tables().featureTable(TABLE);
    assertThat(sample.features().ends()).containsExactly("area");
    for (String name : sample.features().ends()) {
      Column column = table.table().column(name);
      double[] values =
          IntStream.range(0, column.size())
              .mapToDouble(row -> Double.parseDouble(column.text(row)))
              .toArray();
      double most = Arrays.stream(values).max().orElseThrow();
      List<Long> greatest =
          IntStream.range(0, values.length)
              .filter(row -> values[row] == most)
              .mapToObj(table.labels()::value)
              .toList();
      assertThat(pictured).as("objects of the greatest %s", name).containsAnyElementsOf(greatest);
    }
  }
}
