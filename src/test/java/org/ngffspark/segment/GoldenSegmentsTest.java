// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/** Thresholds, components and split objects against scikit-image and scipy. */
class GoldenSegmentsTest {
  private final Map<String, NdArray> inputs = NpyFile.readAll(Golden.path("segments/inputs.npz"));
  private final Map<String, NdArray> expected =
      NpyFile.readAll(Golden.path("segments/expected.npz"));

  private static double[] numbers(NdArray array) {
    Shape flat = Shape.of(1, array.shape().elements());
    Patch patch = Patches.wrap(NdArray.wrap(array.type(), flat, array.bytes()), Axes.of("y", "x"));
    double[] numbers = new double[patch.size()];
    patch.read(0, numbers.length, numbers, 0);
    return numbers;
  }

  private boolean[] mask(String name) {
    double[] numbers = numbers(inputs.get(name + "/mask"));
    boolean[] mask = new boolean[numbers.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = numbers[i] != 0;
    }
    return mask;
  }

  @Test
  void thresholdsAreThoseOfScikitImage() {
    JsonNode thresholds = Golden.json("segments/thresholds.json");
    int compared = 0;
    for (Map.Entry<String, JsonNode> byCase : thresholds.properties()) {
      NdArray image = inputs.get(byCase.getKey() + "/image");
      double[] all = numbers(image);
      boolean[] mask = mask(byCase.getKey());
      double[] inside = new double[all.length];
      int count = 0;
      for (int i = 0; i < all.length; i++) {
        if (mask[i]) {
          inside[count++] = all[i];
        }
      }
      double[] values = Arrays.copyOf(inside, count);
      Values given = image.type().isFloat() ? Values.ofNumbers(values) : Values.ofIntegers(values);
      for (Map.Entry<String, JsonNode> threshold : byCase.getValue().properties()) {
        ThresholdMethod method = ThresholdMethod.of(threshold.getKey());
        String what = threshold.getKey() + " of " + byCase.getKey();
        if (threshold.getValue().isNull()) {
          assertThatThrownBy(() -> method.of(given))
              .as(what)
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(method.title());
        } else {
          double value = threshold.getValue().asDouble();
          boolean iterated = method == ThresholdMethod.LI || method == ThresholdMethod.MEAN;
          assertThat(method.of(given))
              .as(what)
              .isCloseTo(value, within(iterated ? 1e-9 * Math.abs(value) : 0));
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(7 * thresholds.size());
  }

  @Test
  void objectsAreThoseOfScikitImageAndScipy() {
    JsonNode index = Golden.json("segments/index.json");
    assertThat(index.size()).isEqualTo(expected.size()).isGreaterThan(100);
    int objects = 0;
    for (int number = 0; number < index.size(); number++) {
      JsonNode entry = index.get(number);
      String name = entry.get("case").asText();
      NdArray image = inputs.get(name + "/image");
      int[] found =
          new PatchSegmentation(how(entry))
              .objects(
                  numbers(image), image.type(), mask(name), volume(image), spacing(entry, image));
      int[] wanted = new int[found.length];
      expected.get(Integer.toString(number)).buffer().asIntBuffer().get(wanted);
      assertThat(found).as("number %d: %s", number, entry).isEqualTo(wanted);
      objects += Arrays.stream(wanted).max().orElse(0);
    }
    assertThat(objects).isGreaterThan(1000);
  }

  @Test
  void objectsOfWholeImagesAreThoseOfScikitImageAndScipyInAnyTiles() {
    JsonNode index = Golden.json("segments/whole.json");
    Map<String, NdArray> whole = NpyFile.readAll(Golden.path("segments/whole.npz"));
    assertThat(index.size()).isEqualTo(whole.size()).isGreaterThan(200);
    SplittableRandom random = new SplittableRandom(7);
    for (int number = 0; number < index.size(); number++) {
      JsonNode entry = index.get(number);
      WholeImage image = wholeImage(inputs.get(entry.get("case").asText() + "/image"), entry);
      IntBuffer wanted = whole.get(Integer.toString(number)).buffer().asIntBuffer();
      long[] expected = new long[wanted.remaining()];
      Arrays.setAll(expected, wanted::get);
      assertThat(image.objects(how(entry), image.whole()))
          .as("number %d: %s", number, entry)
          .isEqualTo(expected);
      assertThat(image.objects(how(entry), image.tiles(random)))
          .as("number %d in tiles: %s", number, entry)
          .isEqualTo(expected);
    }
  }

  private static WholeImage wholeImage(NdArray image, JsonNode entry) {
    boolean isStack = image.shape().rank() == 3;
    Axes axes = isStack ? Axes.of("z", "y", "x") : Axes.of("y", "x");
    List<Double> scale = new ArrayList<>();
    entry.get("spacing").forEach(length -> scale.add(length.asDouble()));
    return new WholeImage(image, axes, scale);
  }

  private static Volume volume(NdArray image) {
    long[] shape = image.shape().toArray();
    int last = shape.length - 1;
    return new Volume(
        shape.length, last == 2 ? (int) shape[0] : 1, (int) shape[last - 1], (int) shape[last]);
  }

  private static double[] spacing(JsonNode entry, NdArray image) {
    double[] spacing = {1, 1, 1};
    int skipped = 3 - image.shape().rank();
    for (int axis = skipped; axis < 3; axis++) {
      spacing[axis] = entry.get("spacing").get(axis - skipped).asDouble();
    }
    return spacing;
  }

  private static Segmentation how(JsonNode entry) {
    ThresholdMethod method = ThresholdMethod.of(entry.get("method").asText());
    Segmentation how =
        method == ThresholdMethod.VALUE
            ? Segmentation.above(entry.get("value").asDouble())
            : Segmentation.by(method);
    how = how.smoothed(entry.path("smooth").asDouble(0)).atLeast(entry.path("min_size").asLong(0));
    if (entry.has("block")) {
      how = how.around(entry.get("block").asInt(), entry.get("offset").asDouble());
    }
    if (entry.has("holes")) {
      how = how.with(Segmentation.Holes.FILL);
    }
    if (entry.has("split")) {
      how = how.split(entry.get("split").asInt());
    }
    boolean full = entry.path("connectivity").asText().equals("full");
    return how.with(full ? Connectivity.FULL : Connectivity.FACES);
  }
}
