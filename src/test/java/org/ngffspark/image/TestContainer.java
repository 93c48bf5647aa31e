// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.ChannelWindow;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Makes small containers for tests: an image of noise and label images of touching discs.
 *
 * @param shards of the image and its labels; empty for none
 * @param pixel size in y and x; 2 in z, 1 in t
 */
public record TestContainer(
    NgffVersion version,
    Axes axes,
    Shape shape,
    Shape chunks,
    Optional<Shape> shards,
    DataType type,
    double pixel,
    long seed) {

  private static final ChannelWindow WINDOW = new ChannelWindow(0, 65535, 0, 65535);

  /** A plane of one channel in chunks of 16 x 20 pixels. */
  public static TestContainer plane() {
    return new TestContainer(
        NgffVersion.V0_4,
        Axes.of("c", "y", "x"),
        Shape.of(2, 50, 62),
        Shape.of(1, 16, 20),
        Optional.empty(),
        DataType.UINT16,
        0.325,
        1);
  }

  public TestContainer withVersion(NgffVersion other) {
    return new TestContainer(other, axes, shape, chunks, shards, type, pixel, seed);
  }

  public TestContainer withShards(Shape other) {
    return new TestContainer(
        NgffVersion.V0_5, axes, shape, chunks, Optional.of(other), type, pixel, seed);
  }

  public TestContainer withAxes(Axes other, Shape otherShape, Shape otherChunks) {
    return new TestContainer(
        version, other, otherShape, otherChunks, Optional.empty(), type, pixel, seed);
  }

  public TestContainer withType(DataType other) {
    return new TestContainer(version, axes, shape, chunks, shards, other, pixel, seed);
  }

  public TestContainer withSeed(long other) {
    return new TestContainer(version, axes, shape, chunks, shards, type, pixel, other);
  }

  /** Creates the image in memory, with one level and two labels, nuclei and cells. */
  public Container create() {
    return create(StorePath.root(new MemoryStore()));
  }

  /** As {@link #create()}, at a place of any store. */
  public Container create(StorePath path) {
    ZarrArray array = ZarrArray.create(path.child("0"), metadata());
    NdArray noise = NdArray.zeros(type, shape);
    new SplittableRandom(seed).nextBytes(noise.bytes());
    array.write(Box.whole(shape), noise);
    ImageNode.create(
        path,
        ImageMetadata.create(version, axes, List.of(Dataset.of("0", scale(axes))), channels()));
    Container container = Container.open(path);
    fill(container.deriveLabel("nuclei"), seed + 1, 5);
    fill(container.deriveLabel("cells"), seed + 2, 9);
    return container;
  }

  private ArrayMetadata metadata() {
    ZarrFormat format = version.format();
    ArrayMetadata plain =
        ArrayMetadata.defaults(
            format, shape, chunks, type, format == ZarrFormat.V2 ? List.of() : axes.names());
    return shards.map(plain::withShards).orElse(plain);
  }

  private List<Double> scale(Axes of) {
    return of.names().stream()
        .map(name -> name.equals("z") ? 2.0 : List.of("y", "x").contains(name) ? pixel : 1.0)
        .toList();
  }

  private List<Channel> channels() {
    int count = axes.index(AxisName.C).stream().map(axis -> (int) shape.get(axis)).sum();
    return IntStream.range(0, count)
        .mapToObj(i -> "channel " + (char) ('A' + i))
        .map(name -> new Channel(name, name, Optional.of("00FF00"), Optional.of(WINDOW)))
        .toList();
  }

  private static void fill(Label label, long seed, int radius) {
    NdArray ids = discs(label.shape(), label.type(), seed, radius);
    label.array().write(Box.whole(label.shape()), ids);
  }

  /** Ids 1, 2, … of discs (balls) with up to that radius, later ones over earlier ones. */
  static NdArray discs(Shape shape, DataType type, long seed, int radius) {
    SplittableRandom random = new SplittableRandom(seed);
    Patch ids = Patches.wrap(NdArray.zeros(type, shape), axesOf(shape.rank()));
    int count = 3 + (int) (shape.elements() / (8L * radius * radius));
    for (int id = 1; id <= Math.min(count, 40); id++) {
      long[] centre = Arrays.stream(shape.toArray()).map(random::nextLong).toArray();
      double r = random.nextDouble(1, radius);
      for (int flat = 0; flat < ids.size(); flat++) {
        if (distance(flat, shape, centre) <= r) {
          ids.setInteger(flat, id);
        }
      }
    }
    return ids.pixels();
  }

  private static Axes axesOf(int rank) {
    List<String> all = List.of("t", "z", "y", "x");
    return Axes.of(all.subList(all.size() - rank, all.size()).toArray(String[]::new));
  }

  private static double distance(int flat, Shape shape, long[] centre) {
    double sum = 0;
    long rest = flat;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      double difference = rest % shape.get(axis) - centre[axis];
      sum += difference * difference;
      rest /= shape.get(axis);
    }
    return Math.sqrt(sum);
  }
}
