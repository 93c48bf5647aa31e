// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/** The levels of a new image, or label image, named 0, 1, …; y and x halve from level to level. */
final class Pyramid {
  private final List<ZarrArray> levels = new ArrayList<>();
  private final List<Dataset> datasets = new ArrayList<>();

  /** Makes the arrays, without pixels. */
  Pyramid(
      StorePath image,
      SampleLayout layout,
      Shape shape,
      DataType type,
      List<String> axes,
      List<Double> scale) {
    Shape current = shape;
    Dataset dataset = Dataset.of("0", scale);
    for (int level = 0; level < layout.levels(); level++) {
      levels.add(ZarrArray.create(image.child(dataset.path()), layout.array(current, type, axes)));
      datasets.add(dataset);
      Shape next = halved(current);
      if (next.elements() == 0) {
        return;
      }
      dataset = dataset.coarser(Integer.toString(level + 1), ratios(current, next));
      current = next;
    }
  }

  private static Shape halved(Shape shape) {
    int rank = shape.rank();
    return shape.with(rank - 2, shape.get(rank - 2) / 2).with(rank - 1, shape.get(rank - 1) / 2);
  }

  private static List<Double> ratios(Shape fine, Shape coarse) {
    List<Double> ratios = new ArrayList<>();
    for (int axis = 0; axis < fine.rank(); axis++) {
      ratios.add((double) fine.get(axis) / coarse.get(axis));
    }
    return ratios;
  }

  List<Dataset> datasets() {
    return datasets;
  }

  ZarrArray finest() {
    return levels.get(0);
  }

  /** Fills the levels below the finest: means for images, nearest neighbours for labels. */
  void fill(Workers workers) {
    for (int level = 1; level < levels.size(); level++) {
      ZarrArray source = levels.get(level - 1);
      ZarrArray target = levels.get(level);
      Downsampling rule =
          source.type() == DataType.UINT32
              ? Downsampling.nearest(source.shape(), target.shape())
              : Downsampling.linear(source.type(), source.shape(), target.shape());
      workers.forEach(target.writeUnits().all(), unit -> fill(source, target, unit, rule));
    }
  }

  private static void fill(
      ZarrArray source, ZarrArray target, GridPosition unit, Downsampling rule) {
    Box box = target.writeUnits().box(unit);
    Box place = rule.sourceBox(box);
    NdArray block = source.read(place);
    target.write(box, rule.apply(block, place, box));
  }
}
