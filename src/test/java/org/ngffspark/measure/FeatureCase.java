// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelGrid;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * An image and its label image whose features were computed by scikit-image, mahotas and scipy.
 *
 * @param expected columns by name, a value for each object, ascending by time point and label
 */
record FeatureCase(
    String name,
    PixelGrid grid,
    PixelGrid labelGrid,
    NdArray pixels,
    NdArray labels,
    List<String> channels,
    double distance,
    Map<String, Patch> expected) {

  static List<FeatureCase> all() {
    Map<String, NdArray> inputs = NpyFile.readAll(Golden.path("features/inputs.npz"));
    Map<String, NdArray> columns = NpyFile.readAll(Golden.path("features/expected.npz"));
    List<FeatureCase> cases = new ArrayList<>();
    for (JsonNode entry : Golden.json("features/index.json")) {
      cases.add(of(entry, inputs, columns));
    }
    return cases;
  }

  private static FeatureCase of(
      JsonNode entry, Map<String, NdArray> inputs, Map<String, NdArray> columns) {
    String name = entry.get("name").asText();
    NdArray pixels = inputs.get(name + "/image");
    NdArray labels = inputs.get(name + "/labels");
    List<String> channels = new ArrayList<>();
    entry.get("channels").forEach(channel -> channels.add(channel.asText()));
    Map<String, Patch> expected = new LinkedHashMap<>();
    columns.forEach(
        (key, values) -> {
          if (key.startsWith(name + "/")) {
            expected.put(key.substring(name.length() + 1), column(values));
          }
        });
    return new FeatureCase(
        name,
        grid(entry, "axes", pixels),
        grid(entry, "label_axes", labels),
        pixels,
        labels,
        channels,
        entry.get("distance").asDouble(),
        expected);
  }

  private static Patch column(NdArray values) {
    NdArray row = NdArray.wrap(values.type(), Shape.of(1, values.shape().get(0)), values.bytes());
    return Patches.wrap(row, Axes.of("y", "x"));
  }

  private static PixelGrid grid(JsonNode entry, String field, NdArray array) {
    Axes axes = Axes.of(entry.get(field).asText().split(""));
    JsonNode spacing = entry.get("spacing");
    double[] sizes = new double[axes.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      int fromEnd = sizes.length - axis;
      boolean spatial = "zyx".contains(axes.names().get(axis));
      sizes[axis] = spatial ? spacing.get(spacing.size() - fromEnd).asDouble() : 1;
    }
    return PixelGrid.of(field, axes, array.shape(), PixelSize.of(axes, sizes));
  }

  MeasuredImage image() {
    return MeasuredImage.of(grid, channels, pixels.type());
  }

  int[] channelIndices() {
    return IntStream.range(0, channels.size()).toArray();
  }

  /** All objects of the image in one piece. */
  PartValues values() {
    Box whole = Box.whole(pixels.shape());
    ObjectScan scan = new ObjectScan(image(), grid.axes(), whole, (time, label) -> true);
    scan.add(labelGrid, labels, Box.whole(labels.shape()));
    ObjectParts parts = scan.parts();
    PartValues values =
        new PartValues(
            parts,
            grid.axes(),
            channelIndices(),
            0,
            ObjectsByChunk.none(parts.size()),
            new IntegerSums());
    values.add(pixels, whole);
    return values;
  }

  /** The features of all objects. */
  FeatureRows measure(FeatureSet features) {
    ObjectMeasurement measurement = new ObjectMeasurement(image(), features);
    FeatureRows.Builder rows = new FeatureRows.Builder(measurement);
    PartValues values = values();
    for (int object = 0; object < values.parts().size(); object++) {
      rows.add(values.object(object, measurement.tools()));
    }
    return rows.build();
  }

  @Override
  public String toString() {
    return name;
  }
}
