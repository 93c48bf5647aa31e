// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.Existing;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.StoredUnits;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.WorkCount;
import org.ngffspark.labels.Search.InImage;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.ngff.NodeName;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.samples.RegionFeatures;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/**
 * Finds objects in one channel and writes them as a new label image, with its pyramid and a masking
 * ROI table. Ids count the objects without gaps: inside parents by the id of the parent, then in
 * the order of their first pixels in it; in a whole image by time point, then in the order of first
 * pixels. So they are the same for any tiles.
 *
 * <p>Where an image is cut into tiles, objects are found twice: first they are counted, and when
 * the ids are known they are painted.
 *
 * @param search how objects are found
 * @param channels the channel, by index, label or wavelength; empty where the image has one
 * @param label name of the new label image
 * @param table name of its masking ROI table
 * @param backend how the table is written
 * @param existing what happens to a label image and a table of these names that are there already
 */
public record SegmentTask(
    Search search,
    List<String> channels,
    String label,
    String table,
    WritableBackend backend,
    Existing existing)
    implements ObjectTask<Nothing, Found> {
  // Values smoothed and as they were, two masks and two numberings, of 8, 8, 2 and 8 bytes.
  private static final int BYTES_PER_PIXEL = 40;

  /**
   * @throws IllegalArgumentException if a name is none, or the new label image is that of the
   *     parents
   */
  public SegmentTask {
    channels = List.copyOf(channels);
    NodeName.checked(label);
    NodeName.checked(table);
    if (search instanceof InObjects objects && objects.parents().labelName().equals(label)) {
      throw new IllegalArgumentException(
          "The new label image cannot be the one whose objects are looked into, '" + label + "'");
    }
  }

  @Override
  public PixelTarget pixels() {
    return new PixelTarget.OfImage(channels, 0);
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return search instanceof InObjects inside ? Optional.of(inside.parents()) : Optional.empty();
  }

  @Override
  public OnError onError() {
    return search instanceof InObjects inside ? inside.onError() : OnError.FAIL;
  }

  @Override
  public ImageTarget<Found> target(ImageRef image) {
    return new LabelTarget(image, this);
  }

  @Override
  public Map<String, String> details() {
    return Map.of("new label image", label);
  }

  @Override
  public void check(OpenedImage image) {
    int channel = channel(image);
    if (search instanceof InImage whole) {
      whole.in(image.level(), channel);
    }
    NewLabel.of(image, label);
  }

  /**
   * The channel's index; 0 where the image has none.
   *
   * @throws IllegalArgumentException if there are several
   */
  int channel(OpenedImage image) {
    boolean hasChannels = image.level().axes().has(AxisName.C);
    int[] indices =
        channels.isEmpty() && !hasChannels
            ? new int[] {0}
            : image.container().image(0).indices(selection());
    if (indices.length != 1) {
      throw new IllegalArgumentException(
          "Objects are found in one channel; the image has %d (%s): name one with --channel"
              .formatted(indices.length, image.container().channels()));
    }
    return indices[0];
  }

  private ChannelSelection selection() {
    return channels.isEmpty() ? ChannelSelection.all() : ChannelSelection.named(channels);
  }

  @Override
  public long bytesPerUnit(OpenedImage image) {
    Shape unit = image.level().array().writeUnits().chunk();
    double pixels = unit.elements();
    if (image.level().axes().has(AxisName.C)) {
      pixels /= unit.get(image.level().axes().index(AxisName.C).getAsInt());
    }
    int own = image.level().type().bytes() + DataType.UINT32.bytes();
    return (long) Math.max(1, pixels * (search instanceof InImage ? BYTES_PER_PIXEL : 3 * own));
  }

  @Override
  public boolean findsObjects() {
    return true;
  }

  /** Tiles read their pixels for each look and to paint; a whole image is held. */
  @Override
  public long bytesRead(OpenedImage image, TouchedUnits touched) {
    boolean isHeld = touched.tiles() == 1;
    if (search instanceof InImage whole) {
      int channel = channel(image);
      int looks = whole.in(image.level(), channel).looks();
      return channelBytes(image, channel, touched) * (isHeld ? 1 : looks + 1);
    }
    return ObjectTask.super.bytesRead(image, touched) * (isHeld ? 1 : 2);
  }

  private static long channelBytes(OpenedImage image, int channel, TouchedUnits touched) {
    Box all = Box.whole(image.level().shape());
    OptionalInt axis = image.level().axes().index(AxisName.C);
    Box one = axis.isEmpty() ? all : all.with(axis.getAsInt(), channel, channel + 1L);
    StoredUnits level = touched.levels().get(touched.level());
    return level.bytes(level.array().writeUnits().touching(one));
  }

  @Override
  public TaskResult<Found> run(OpenedImage image, Tile<Nothing> tile) {
    if (search instanceof InObjects inside) {
      LabelBatch parents = tile.labels();
      ParentObjects objects = new ParentObjects(image, inside);
      TaskResult<Found> found =
          tile.isWholeImage()
              ? paintAll(image, tile, parents, objects)
              : TaskResult.of(List.of(count(image, tile, parents, objects)), work(parents));
      return found.withSkipped(objects.skipped());
    }
    return new ImageSearch(this, image).run(tile);
  }

  static WorkCount work(LabelBatch parents) {
    return WorkCount.objects(parents.size(), 0, Map.of());
  }

  private static Found count(
      OpenedImage image, Tile<Nothing> tile, LabelBatch parents, ParentObjects objects) {
    int[] counts = new int[parents.size()];
    try (TaskChunks chunks = chunks(image)) {
      objects.forEach(parents, chunks, (index, children) -> counts[index] = children.count());
    }
    return new Found.Children(tile.tiles(), parents, counts);
  }

  private TaskResult<Found> paintAll(
      OpenedImage image, Tile<Nothing> tile, LabelBatch parents, ParentObjects objects) {
    int[] counts = new int[parents.size()];
    long[] next = {1};
    try (TaskChunks chunks = chunks(image);
        LabelPainter painter = new LabelPainter(image, this, chunks)) {
      objects.forEach(
          parents,
          chunks,
          (index, children) -> {
            ParentObjects.paint(children, next[0], children.numbers().box(), painter);
            counts[index] = children.count();
            next[0] += children.count();
          });
      Found found = new Found.Children(tile.tiles(), parents, counts);
      return TaskResult.of(List.of(found), work(parents)).plus(painter.finishWithPyramid());
    }
  }

  @Override
  public List<FollowUp<Found>> followUps(OpenedImage image, int round, TaskResult<Found> soFar) {
    return new SegmentRounds(this, image).round(round, soFar);
  }

  /** Lengths of the boxes of the new objects. */
  @Override
  public SampledFeatures features(OpenedImage image, TaskResult<Found> all, SampleSizes sizes) {
    List<LabelBoxes> parts =
        Found.of(Found.Written.class, all.values()).stream().map(Found.Written::boxes).toList();
    if (parts.isEmpty()) {
      return SampledFeatures.NONE;
    }
    LabelBoxes boxes = LabelBoxes.merge(parts);
    return RegionFeatures.of(boxes.size(), boxes::roiAt, sizes);
  }

  /** Decoded chunks of the image's level. */
  static TaskChunks chunks(OpenedImage image) {
    return image.chunks(image.level().array());
  }

  /** First id of the objects of each parent, given how many each has. */
  static long[] firstIds(int[] counts) {
    long[] first = new long[counts.length];
    long next = 1;
    for (int i = 0; i < counts.length; i++) {
      first[i] = next;
      next += counts[i];
    }
    if (next - 1 > NewLabel.MOST) {
      throw new IllegalArgumentException(
          "%d objects are found, a label image of type uint32 holds %d"
              .formatted(next - 1, NewLabel.MOST));
    }
    return first;
  }
}
