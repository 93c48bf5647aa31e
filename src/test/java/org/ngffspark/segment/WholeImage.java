// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.image.Patch;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.segment.WholeSegmentation.Finding;
import org.ngffspark.segment.WholeSegmentation.Ids;
import org.ngffspark.segment.WholeSegmentation.Known;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** An image in memory, whose objects are found in any tiles. */
final class WholeImage {
  private final Image level;

  /**
   * @param pixels with these axes
   * @param scale lengths of a pixel, by axis
   */
  WholeImage(NdArray pixels, Axes axes, List<Double> scale) {
    StorePath root = StorePath.root(new MemoryStore());
    Shape shape = pixels.shape();
    ArrayMetadata metadata =
        ArrayMetadata.defaults(NgffVersion.V0_4.format(), shape, shape, pixels.type(), List.of());
    ZarrArray.create(root.child("0"), metadata).write(Box.whole(shape), pixels);
    ImageNode.create(
        root,
        ImageMetadata.create(NgffVersion.V0_4, axes, List.of(Dataset.of("0", scale)), List.of()));
    this.level = Container.open(root).image(0);
  }

  private ChunkSource chunks() {
    NdArray all = level.read().pixels();
    return (array, chunk) -> Optional.of(all);
  }

  /** All values, in C order. */
  double[] values() {
    Patch patch = level.read();
    double[] values = new double[patch.size()];
    patch.read(0, values.length, values, 0);
    return values;
  }

  /** One tile. */
  List<Box> whole() {
    return List.of(Box.whole(level.shape()));
  }

  /** Tiles of one random length along each axis. */
  List<Box> tiles(SplittableRandom random) {
    Shape shape = level.shape();
    List<Box> boxes = whole();
    for (int axis = 0; axis < shape.rank(); axis++) {
      long length = Math.max(1 + random.nextLong(shape.get(axis)), shape.get(axis) / 4);
      List<Box> cut = new ArrayList<>();
      for (Box box : boxes) {
        for (long from = 0; from < shape.get(axis); from += length) {
          cut.add(box.with(axis, from, Math.min(shape.get(axis), from + length)));
        }
      }
      boxes = cut;
    }
    return boxes;
  }

  /**
   * The objects, as a run over these tiles finds them.
   *
   * @return of each pixel its id, in C order
   */
  long[] objects(Segmentation how, List<Box> tiles) {
    return objects(new WholeSegmentation(how, level, 0), tiles);
  }

  /** The same by a finder. */
  long[] objects(ObjectFinder finder, int halo, Connectivity connectivity, List<Box> tiles) {
    return objects(WholeSegmentation.by(finder, halo, connectivity, level, 0), tiles);
  }

  private long[] objects(WholeSegmentation segmentation, List<Box> tiles) {
    List<Finding> findings = new ArrayList<>();
    while (!segmentation.isDone(findings)) {
      Known known = segmentation.known(findings);
      for (int tile = 0; tile < tiles.size(); tile++) {
        findings.addAll(segmentation.look(tile, tiles.get(tile), chunks(), known.of(tile)));
      }
    }
    Known known = segmentation.known(findings);
    Map<Integer, Ids> ids = segmentation.ids(findings);
    NdArray painted = NdArray.zeros(DataType.UINT64, level.shape());
    for (int tile = 0; tile < tiles.size(); tile++) {
      segmentation.paint(
          tiles.get(tile),
          chunks(),
          known.of(tile),
          ids.get(tile),
          (place, own) -> {
            NdArray part = NdArray.zeros(painted.type(), place.shape());
            part.buffer().asLongBuffer().put(own);
            painted.paste(part, Box.whole(place.shape()), place);
          });
    }
    long[] objects = new long[(int) level.shape().elements()];
    painted.buffer().asLongBuffer().get(objects);
    assertThat(ids.get(0).objects()).isEqualTo(Arrays.stream(objects).max().orElse(0));
    return objects;
  }
}
