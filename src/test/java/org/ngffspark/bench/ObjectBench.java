// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.LabelBoxScan;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.resample.Downsampling;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * What objects cost beyond decoding: finding their boxes, cutting them out with their masks,
 * pasting them back, and the pyramid. Chunks come decoded. Prints lines {@code name cpu_ms MB/s} of
 * one thread; CPU time, so that other work on the machine counts less.
 */
public final class ObjectBench {
  private static final Shape PLANE = Shape.of(4320, 5120);
  private static final Shape CHUNK = Shape.of(2160, 2560);
  private static final int OBJECTS = 3000;
  private static final int RADIUS = 22;
  private static final int ROUNDS = 15;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final NdArray pixels = NdArray.zeros(DataType.UINT16, Shape.of(1, 2160, 2560));
  private final NdArray ids = NdArray.zeros(DataType.UINT32, PLANE);

  private ObjectBench() {
    new SplittableRandom(1).nextBytes(pixels.bytes());
    SplittableRandom random = new SplittableRandom(2);
    for (int id = 1; id <= OBJECTS; id++) {
      int cy = RADIUS + random.nextInt((int) PLANE.get(0) - 2 * RADIUS);
      int cx = RADIUS + random.nextInt((int) PLANE.get(1) - 2 * RADIUS);
      for (int dy = -RADIUS; dy <= RADIUS; dy++) {
        int half = (int) Math.sqrt(RADIUS * RADIUS - dy * dy);
        ids.fill(
            Box.of(new long[] {cy + dy, cx - half}, new long[] {cy + dy + 1, cx + half + 1}), id);
      }
    }
  }

  public static void main(String[] args) {
    ObjectBench bench = new ObjectBench();
    LabelBoxes boxes = bench.boxes();
    bench.objects(boxes, 1.0);
    bench.objects(boxes, 2.0);
    for (DataType type :
        List.of(DataType.UINT8, DataType.UINT16, DataType.UINT32, DataType.FLOAT32)) {
      bench.pyramid("halve " + type, type, Shape.of(2160, 2560), Shape.of(1080, 1280));
    }
    bench.pyramid("odd uint16", DataType.UINT16, Shape.of(2161, 2561), Shape.of(1080, 1280));
    bench.labels();
  }

  private void time(String name, long bytes, Runnable work) {
    double[] times = new double[ROUNDS];
    for (int round = -5; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      work.run();
      if (round >= 0) {
        times[round] = (threads.getCurrentThreadCpuTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    double median = times[ROUNDS / 2];
    System.out.printf(Locale.ROOT, "%-40s %10.2f %10.0f%n", name, median, bytes / 1e3 / median);
  }

  private LabelBoxes boxes() {
    Container container = container();
    Label label = container.label("nuclei");
    LabelBoxScan found = new LabelBoxScan(label.grid());
    found.add(ids, Box.whole(PLANE));
    time(
        "boxes of all objects, uint32",
        ids.bytes().length,
        () -> new LabelBoxScan(label.grid()).add(ids, Box.whole(PLANE)));
    return found.boxes();
  }

  private static Container container() {
    StorePath path = StorePath.root(new MemoryStore());
    Axes axes = Axes.of("c", "y", "x");
    ZarrArray.create(
        path.child("0"),
        ArrayMetadata.defaults(
            ZarrFormat.V2,
            Shape.of(3, PLANE.get(0), PLANE.get(1)),
            Shape.of(1, CHUNK.get(0), CHUNK.get(1)),
            DataType.UINT16,
            List.of()));
    List<Channel> channels = List.of(Channel.of("A"), Channel.of("B"), Channel.of("C"));
    List<Dataset> datasets = List.of(Dataset.of("0", List.of(1.0, 0.325, 0.325)));
    ImageNode.create(path, ImageMetadata.create(NgffVersion.V0_4, axes, datasets, channels));
    Container container = Container.open(path);
    container.deriveLabel("nuclei");
    return container;
  }

  private void objects(LabelBoxes boxes, double zoom) {
    Container container = container();
    MaskedReader reader = container.maskedImage("nuclei").reader();
    ImageLevel image = reader.level();
    Label label = reader.label();
    NdArray[] labelChunks = new NdArray[4];
    for (GridPosition chunk : label.array().chunks().all()) {
      labelChunks[(int) (2 * chunk.get(0) + chunk.get(1))] =
          ids.cut(label.array().chunks().box(chunk));
    }
    ChunkSource chunks =
        (array, chunk) ->
            Optional.of(
                array == image.array()
                    ? pixels
                    : labelChunks[(int) (2 * chunk.get(0) + chunk.get(1))]);
    NdArray target = NdArray.zeros(DataType.UINT16, image.shape());
    long[] bytes = new long[1];
    Runnable work =
        () -> {
          bytes[0] = 0;
          for (int i = 0; i < boxes.size(); i++) {
            MaskPlacement place = reader.place(boxes.roiAt(i), Growth.by(zoom));
            MaskedPatch object = reader.read(boxes.label(i), place, chunks);
            Box whole = Box.whole(object.patch().shape());
            object.mask().paste(object.patch().pixels(), whole, target, object.patch().box());
            bytes[0] += object.patch().pixels().bytes().length;
          }
        };
    work.run();
    time(boxes.size() + " objects of 3 channels, zoom " + zoom, bytes[0], work);
    paste(reader, boxes, chunks, zoom, target);
  }

  private void paste(
      MaskedReader reader, LabelBoxes boxes, ChunkSource chunks, double zoom, NdArray target) {
    MaskedPatch[] objects = new MaskedPatch[boxes.size()];
    long bytes = 0;
    for (int i = 0; i < objects.length; i++) {
      objects[i] =
          reader.read(boxes.label(i), reader.place(boxes.roiAt(i), Growth.by(zoom)), chunks);
      bytes += 2 * objects[i].mask().count();
    }
    time(
        "  of which masked pasting",
        bytes,
        () -> {
          for (MaskedPatch object : objects) {
            Box whole = Box.whole(object.patch().shape());
            object.mask().paste(object.patch().pixels(), whole, target, object.patch().box());
          }
        });
  }

  private void pyramid(String name, DataType type, Shape from, Shape to) {
    NdArray source = NdArray.zeros(type, from);
    NdArray target = NdArray.zeros(type, to);
    Downsampling rule = Downsampling.linear(type, from, to);
    time(
        name,
        source.bytes().length,
        () -> rule.apply(source, Box.whole(from), target, Box.whole(to)));
  }

  private void labels() {
    Shape half = Shape.of(2160, 2560);
    NdArray target = NdArray.zeros(DataType.UINT32, half);
    Downsampling rule = Downsampling.nearest(PLANE, half);
    time(
        "halve labels, uint32",
        ids.bytes().length,
        () -> rule.apply(ids, Box.whole(PLANE), target, Box.whole(half)));
  }
}
