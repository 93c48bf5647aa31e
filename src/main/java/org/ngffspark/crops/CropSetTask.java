// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.FilesTarget;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.samples.RegionFeatures;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Writes the objects of each image into arrays of one size for all, ascending by label id: a
 * training set. An image in several tiles first collects its labels; then each task writes shards.
 *
 * @param choice the objects that are cut out
 * @param pixels the pixels that are cut
 * @param around what becomes of the pixels of the box outside the object
 * @param size of each crop
 * @param directory the Zarr group that the sets go to
 * @param folders path of each image's group below it; {@code ""} for itself
 */
public record CropSetTask(
    ObjectChoice choice,
    PixelTarget pixels,
    Around around,
    CropSize size,
    URI directory,
    Map<ImageRef, String> folders)
    implements ObjectTask<Nothing, LabelBatch> {
  private static final String OUTSIDE = "lies outside the image, no crop";

  public CropSetTask {
    folders = Map.copyOf(folders);
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(choice);
  }

  @Override
  public ImageTarget<LabelBatch> target(ImageRef image) {
    return new FilesTarget<>(
        new ImageRef(directory, folders.get(image)).toString(),
        (opened, all) -> finish(opened, LabelBatch.merge(all.values())));
  }

  @Override
  public Map<String, String> details() {
    return new TreeMap<>(Map.of("label image", choice.labelName()));
  }

  @Override
  public void check(OpenedImage image) {
    arrays(image, 1);
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return touched.pixels() * image.level().type().bytes();
  }

  @Override
  public TaskResult<LabelBatch> run(OpenedImage image, Tile<Nothing> tile) {
    LabelBatch all = tile.labels();
    LabelBatch inside = inside(image, all);
    long outside = (long) all.size() - inside.size();
    WorkCount work =
        outside == 0 ? WorkCount.NONE : WorkCount.objects(outside, 0, Map.of(OUTSIDE, outside));
    if (tile.isWholeImage()) {
      arrays(image, inside.size()).clear();
      work = work.plus(write(image, inside, 0, inside.size()).work());
    }
    return TaskResult.of(List.of(inside), work);
  }

  @Override
  public List<FollowUp<LabelBatch>> followUps(
      OpenedImage image, int round, TaskResult<LabelBatch> soFar) {
    if (round > 0) {
      return List.of();
    }
    LabelBatch labels = LabelBatch.merge(soFar.values());
    int count = labels.size();
    CropArrays arrays = arrays(image, count);
    arrays.clear();
    CropSetTask task = this;
    List<FollowUp<LabelBatch>> shards = new ArrayList<>();
    for (int from = 0; from < count; from += arrays.shardLength()) {
      int first = from;
      LabelBatch part = part(labels, from, Math.min(count, from + arrays.shardLength()));
      shards.add(opened -> task.write(opened, part, first, count));
    }
    return shards;
  }

  @Override
  public SampledFeatures features(
      OpenedImage image, TaskResult<LabelBatch> all, SampleSizes sizes) {
    LabelBatch labels = LabelBatch.merge(all.values());
    return RegionFeatures.of(labels.size(), labels::roi, sizes);
  }

  private static LabelBatch part(LabelBatch labels, int from, int to) {
    LabelBatch.Builder part = new LabelBatch.Builder();
    for (int i = from; i < to; i++) {
      part.add(labels.label(i), labels.roi(i));
    }
    return part.build();
  }

  private CropArrays arrays(OpenedImage image, int count) {
    StorePath root = StorePath.root(StoreLocations.open(directory));
    String folder = folders.get(image.ref());
    StorePath group = folder.isEmpty() ? root : root.child(folder);
    return new CropArrays(group, image, size, Math.max(1, count));
  }

  private LabelBatch inside(OpenedImage image, LabelBatch labels) {
    MaskedReader reader = image.masked().reader();
    LabelBatch.Builder inside = new LabelBatch.Builder();
    for (int i = 0; i < labels.size(); i++) {
      if (!reader.box(reader.place(labels.roi(i), choice.growth())).isEmpty()) {
        inside.add(labels.label(i), labels.roi(i));
      }
    }
    return inside.build();
  }

  /**
   * Writes whole shards.
   *
   * @param labels their objects
   * @param from index of the first of them
   * @param count of all objects of the image
   */
  private TaskResult<LabelBatch> write(OpenedImage image, LabelBatch labels, int from, int count) {
    CropArrays arrays = arrays(image, count);
    MaskedReader reader = image.masked().reader();
    WorkCount work = WorkCount.NONE;
    image.samples().begin(labels);
    try (TaskChunks source = image.chunks(image.level().array())) {
      for (int first = 0; first < labels.size(); first += arrays.shardLength()) {
        int last = Math.min(labels.size(), first + arrays.shardLength());
        List<NdArray> crops = new ArrayList<>();
        List<NdArray> masks = new ArrayList<>();
        for (int i = first; i < last; i++) {
          MaskPlacement place = reader.place(labels.roi(i), choice.growth());
          MaskedPatch object =
              reader.read(labels.label(i), place, TaskChunks.both(source, image.labelChunks()));
          ObjectVisit.sample(image, object);
          add(object, crops, masks);
          work = work.plus(WorkCount.objects(1, object.patch().size(), Map.of()));
        }
        work = work.plus(WorkCount.bytesWritten(arrays.write(from + first, crops, masks)));
      }
    }
    return TaskResult.of(List.of(), work);
  }

  private void add(MaskedPatch object, List<NdArray> crops, List<NdArray> masks) {
    Patch patch = around == Around.KEPT ? object.patch() : object.masked();
    Patch mask = CropArrays.mask(object);
    try {
      FittedBox fitted = FittedBox.of(patch.axes(), patch.shape(), size);
      boolean smooth = size.fit() == CropSize.Fit.SCALE && pixels instanceof PixelTarget.OfImage;
      crops.add(smooth ? fitted.linear(patch) : fitted.nearest(patch.pixels()));
      masks.add(FittedBox.of(mask.axes(), mask.shape(), size).nearest(mask.pixels()));
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException(
          "Object " + Long.toUnsignedString(object.label()) + ": " + unfit.getMessage(), unfit);
    }
  }

  private void finish(OpenedImage image, LabelBatch labels) {
    if (labels.isEmpty()) {
      return;
    }
    MaskedReader reader = image.masked().reader();
    List<Box> places = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      places.add(reader.box(reader.place(labels.roi(i), choice.growth())));
    }
    arrays(image, labels.size()).finish(labels, places);
  }
}
