// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.image.Container;
import org.ngffspark.job.ImageRef;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.samples.ImageSample;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.samples.SampledImageChannel;
import org.ngffspark.samples.Thumbnail;
import org.ngffspark.samples.ThumbnailPlanes;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * What a page shows of a run that has kept no samples: places on plates, and thumbnails of the
 * images as they are now. An image that cannot be read is shown with the reason.
 */
final class ImagesNow {
  /** Row, column and image. */
  private static final int PARTS_IN_PLATE = 3;

  private final int side;
  private final DataSetDescription description;

  /**
   * @param run whose images are shown
   */
  private ImagesNow(RunLines run) {
    JsonNode options = run.run().path("options");
    this.side = SampleSizes.of(run.images().size()).thumbnail();
    this.description =
        DataSetDescription.parse(
            options.path("axes").asText(""), options.path("pixel-size").asText(""));
  }

  /** Lines as those of {@code samples.jsonl}, for the images of a run. */
  static List<JsonNode> lines(RunLines run) {
    ImagesNow now = new ImagesNow(run);
    List<JsonNode> lines = new ArrayList<>();
    List<ImageRef> refs = new ArrayList<>();
    for (JsonNode image : run.images()) {
      String input = image.path("input").asText();
      ObjectNode sample = now.sample(input, image.path("output").asText());
      if (!sample.path("thumbnails").isEmpty()) {
        refs.add(inPlate(input));
      }
      lines.add(sample);
    }
    lines.addAll(Places.of(refs));
    return lines;
  }

  /** The image as one of a plate three folders above it; there need not be one. */
  private static ImageRef inPlate(String input) {
    int end = input.length();
    for (int part = 0; part < PARTS_IN_PLATE && end > 0; part++) {
      end = input.lastIndexOf('/', end - 1);
    }
    return end <= 0
        ? new ImageRef(StoreLocations.uri(input), "")
        : new ImageRef(StoreLocations.uri(input.substring(0, end)), input.substring(end + 1));
  }

  private ObjectNode sample(String input, String output) {
    List<Thumbnail> thumbnails = new ArrayList<>();
    List<SampledImageChannel> channels = List.of();
    String remark = "";
    try {
      Container container = open(input);
      channels = SampledImageChannel.of(container.image().channels());
      ThumbnailPlanes before = ThumbnailPlanes.read(container, side);
      thumbnails.add(before.shown(before.limits(), channels));
      Optional<Container> changed = output.equals(input) ? Optional.empty() : image(output);
      if (changed.isPresent()) {
        ThumbnailPlanes after = ThumbnailPlanes.read(changed.get(), side);
        thumbnails.add(after.shown(before.limits(), channels));
      }
    } catch (RuntimeException unreadable) {
      remark = String.valueOf(unreadable.getMessage());
    }
    return SampleJson.of(
        input,
        new ImageSample(channels, List.of(), List.of(), SampledFeatures.NONE, thumbnails, remark));
  }

  private Container open(String place) {
    return Container.open(
        new ImageRef(StoreLocations.uri(place), "").describedBy(description).open());
  }

  /** Empty where the results are no image but files. */
  private Optional<Container> image(String output) {
    try {
      return Optional.of(open(output));
    } catch (FormatException files) {
      return Optional.empty();
    }
  }
}
