// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masked;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.Sampling;
import org.ngffspark.samples.ChannelSums;
import org.ngffspark.samples.FeatureSummary;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.ObjectSample;
import org.ngffspark.samples.SampledChannel;
import org.ngffspark.transform.MaskedTransform;

class SampledRunTest {
  private static final int OBJECTS = 90;

  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;

  /** Of values alone, which are changed where they lie, and of patches. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void samplesAreTheSameHoweverImagesAreCut(boolean ofValues) {
    ImageSample whole = sample(ofValues, 1, Sampling.PAGE);
    assertThat(whole.objects()).hasSizeBetween(64, 64 + 6);
    assertThat(whole.thumbnails()).hasSize(2);
    ImageSample cut = sample(ofValues, 6, Sampling.PAGE);
    assertThat(cut.objects()).usingRecursiveComparison().isEqualTo(whole.objects());
    assertThat(cut.features()).usingRecursiveComparison().isEqualTo(whole.features());
    assertThat(cut.sums()).isEqualTo(whole.sums());
    requireExtremes(whole);
    requireSums(whole, "half-" + ofValues + 6 + ".zarr");
  }

  /** Those of all pixels of all objects in the image before, and in the one that was made. */
  private void requireSums(ImageSample sample, String output) {
    assertThat(sample.sums()).extracting(ChannelSums::channel).containsExactly(0, 1);
    List<String> images = List.of("image.zarr", output);
    for (ChannelSums channel : sample.sums()) {
      assertThat(channel.times()).hasSize(2);
      for (int time = 0; time < 2; time++) {
        Masked masked =
            Container.open(folder.resolve(images.get(time)).toString())
                .maskedImage(JobImage.NUCLEI)
                .channels(channel.channel());
        List<MaskedPatch> objects =
            LongStream.rangeClosed(1, OBJECTS).mapToObj(masked::read).toList();
        assertThat(channel.times().get(time).pixels())
            .isEqualTo(objects.stream().mapToLong(object -> object.mask().count()).sum());
        assertThat(channel.times().get(time).sum())
            .isPositive()
            .isEqualTo(objects.stream().mapToDouble(SampledRunTest::sum).sum());
      }
    }
  }

  private static double sum(MaskedPatch object) {
    double[] sum = {0};
    object
        .mask()
        .forEachRun(
            (start, length) -> {
              for (int i = start; i < start + length; i++) {
                sum[0] += object.patch().value(i);
              }
            });
    return sum[0];
  }

  /** The mean is that of all objects, and so are the smallest and the largest, with pictures. */
  private void requireExtremes(ImageSample sample) {
    Masked masked =
        Container.open(folder.resolve("image.zarr").toString()).maskedImage(JobImage.NUCLEI);
    List<Long> sizes =
        LongStream.rangeClosed(1, OBJECTS)
            .mapToObj(label -> masked.channels(0).read(label).mask().count())
            .sorted()
            .toList();
    FeatureSummary summary = sample.features().summaries().get(0);
    assertThat(summary.count()).isEqualTo(OBJECTS);
    assertThat(summary.mean())
        .isEqualTo(sizes.stream().mapToLong(Long::longValue).average().orElseThrow());
    List<Long> shown =
        sample.objects().stream()
            .filter(object -> sample.features().extremeLabels().contains(object.label()))
            .filter(object -> !object.frame().isNone())
            .map(ObjectSample::pixels)
            .sorted()
            .toList();
    assertThat(shown.subList(0, 3)).isEqualTo(sizes.subList(0, 3));
    assertThat(shown.subList(3, 6)).isEqualTo(sizes.subList(OBJECTS - 3, OBJECTS));
  }

  @Test
  void samplesHoldTheValuesBeforeAndAfter() {
    ImageSample sample = sample(true, 1, Sampling.PAGE);
    Container image = Container.open(folder.resolve("image.zarr").toString());
    for (ObjectSample object : sample.objects()) {
      assertThat(object.channels()).extracting(SampledChannel::channel).containsExactly(0, 1);
      for (SampledChannel channel : object.channels()) {
        MaskedPatch patch =
            image.maskedImage(JobImage.NUCLEI).channels(channel.channel()).read(object.label());
        double mean = sum(patch) / object.pixels();
        assertThat(channel.times()).hasSize(2);
        assertThat(channel.times().get(0).mean()).isCloseTo(mean, within(1e-6));
        assertThat(channel.times().get(1).mean()).isCloseTo(mean / 2, within(0.5));
        assertThat(channel.times().get(0).counts()).isNotEmpty();
      }
    }
    assertThat(sample.objects().stream().filter(object -> !object.frame().isNone()))
        .hasSizeBetween(12, 12 + 6);
  }

  @Test
  void nothingIsSampledUnlessItIsAsked() {
    assertThat(sample(true, 1, Sampling.NONE).isNone()).isTrue();
  }

  private ImageSample sample(boolean ofValues, int tiles, Sampling sampling) {
    Path image = folder.resolve("image.zarr");
    if (!image.toFile().exists()) {
      JobImage.plane()
          .axes("c", "y", "x")
          .shape(2, 200, 240)
          .chunks(1, 50, 60)
          .label(LabelImage.discs(JobImage.NUCLEI, OBJECTS, 9))
          .write(image);
    }
    MaskedTransform half =
        ofValues
            ? MaskedTransform.ofValues(x -> x / 2)
            : (object, result) -> result.update(x -> x / 2);
    TransformSpec spec = TransformSpec.on(JobImage.NUCLEI).with(half).build();
    Path to = folder.resolve("half-" + ofValues + tiles + ".zarr");
    TransformTask task =
        new TransformTask(spec, new Destination.NewImage(to.toUri(), Existing.REPLACE));
    TestSpark.Ended ended =
        SPARK.run(
            task,
            RunSettings.of("test").withSampling(sampling),
            tiles,
            new ImageRef(image.toUri(), ""));
    assertThat(ended.only().message()).isEmpty();
    return ended.only().sample();
  }
}
