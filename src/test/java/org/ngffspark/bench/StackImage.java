// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * A stack {@code uint16[1, 64, 2160, 2560]} in NGFF 0.4 with one plane to a chunk, as microscopes
 * write them. Four planes are drawn, the others are the same again.
 */
public final class StackImage {
  private static final Shape PLANE = Shape.of(1, 1, 2160, 2560);
  private static final Shape STACK = PLANE.with(1, 64);
  private static final int DRAWN = 4;
  private static final String UNIT = "micrometer";
  private static final List<Double> SCALE = List.of(1.0, 0.5, 0.1625, 0.1625);

  private StackImage() {}

  /**
   * Makes the stack if it is not there.
   *
   * @param arguments where
   */
  public static void main(String[] arguments) {
    Path image = Path.of(arguments[0]);
    if (Files.exists(image.resolve(".zattrs"))) {
      return;
    }
    Folders.delete(image);
    StorePath root = StorePath.root(LocalStore.at(image));
    ZarrArray array =
        ZarrArray.create(
            root.child("0"),
            ArrayMetadata.defaults(ZarrFormat.V2, STACK, PLANE, DataType.UINT16, List.of()));
    List<NdArray> planes =
        IntStream.range(0, DRAWN)
            .mapToObj(seed -> BenchImages.of(2160, 2560, seed).image())
            .toList();
    for (GridPosition plane : array.chunks().all()) {
      NdArray drawn = planes.get((int) plane.get(1) % DRAWN);
      array.write(array.chunks().box(plane), NdArray.wrap(DataType.UINT16, PLANE, drawn.bytes()));
    }
    Axes axes =
        new Axes(List.of(Axis.of("c"), Axis.of("z", UNIT), Axis.of("y", UNIT), Axis.of("x", UNIT)));
    Dataset level = Dataset.of("0", SCALE);
    ImageNode.create(root, ImageMetadata.create(NgffVersion.V0_4, axes, List.of(level), List.of()));
  }
}
