// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.image.Container;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.ObjectSample;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.samples.SampledImageChannel;
import org.ngffspark.samples.TaskSample;
import org.ngffspark.samples.Thumbnail;
import org.ngffspark.samples.ThumbnailPlanes;

/**
 * Commits an image and takes its thumbnails: before the commit, as an image in place is another one
 * after it, and after it. What goes wrong with these is said and does not fail the image.
 */
record ShownEnding<V extends Serializable>(ObjectTask<?, V> task, SampleSizes sizes) {

  ImageOutcome commit(ImageAtWork<V> image, ImageEnding<V> ending) {
    if (sizes.isNone()) {
      return ending.commit(image);
    }
    String remark = "";
    Optional<ThumbnailPlanes> before = Optional.empty();
    List<SampledImageChannel> channels = List.of();
    try {
      Container container = Container.open(image.ref().open());
      channels = SampledImageChannel.of(container.image().channels());
      before = Optional.of(ThumbnailPlanes.read(container, sizes.thumbnail()));
    } catch (RuntimeException unreadable) {
      remark = Failures.message(unreadable);
    }
    TaskSample sample = image.result().sample();
    SampledFeatures features = sample.features(sizes);
    try (OpenedImage opened = OpenedImage.onDriver(image.ref(), image.planned().plan(), task)) {
      SampledFeatures own = task.features(opened, image.result(), sizes);
      features = own.isNone() ? features : own;
    } catch (RuntimeException unknown) {
      remark = Failures.message(unknown);
    }
    ImageOutcome outcome = ending.commit(image);
    if (outcome.state() != State.DONE) {
      return outcome;
    }
    List<ObjectSample> objects =
        ObjectSample.ofImage(sample.objects(), sizes, features.extremeLabels());
    List<Thumbnail> thumbnails = new ArrayList<>();
    try {
      if (before.isPresent()) {
        thumbnails.addAll(thumbnails(image, before.get(), channels));
      }
    } catch (RuntimeException unreadable) {
      remark = Failures.message(unreadable);
    }
    return outcome.withSample(
        new ImageSample(channels, sample.sums(), objects, features, thumbnails, remark));
  }

  private List<Thumbnail> thumbnails(
      ImageAtWork<V> image, ThumbnailPlanes before, List<SampledImageChannel> channels) {
    List<ThumbnailPlanes.Limits> limits = before.limits();
    List<Thumbnail> shown = new ArrayList<>(List.of(before.shown(limits, channels)));
    if (task.changesImage()) {
      image
          .container()
          .map(target -> Container.open(target.container()))
          .map(changed -> ThumbnailPlanes.read(changed, sizes.thumbnail()).shown(limits, channels))
          .ifPresent(shown::add);
    }
    return shown;
  }
}
