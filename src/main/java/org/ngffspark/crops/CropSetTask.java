// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.FilesTarget;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunEnding;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Writes the objects of all images into arrays of one size for all: a training set. The crops of an
 * image are first written by themselves, ascending by label id; an image in several tiles first
 * collects its labels, then each task writes shards. When all images have ended, those of the
 * images that are done become one set, in the order of the images, see {@link CropSetEnding}. A run
 * that resumes takes over what is there of the same crops, see {@link CropSetHistory}.
 *
 * @param files what would be cut into files, whose directory is the Zarr group of the set
 * @param size of each crop
 * @param form of all crops; an image with other ones fails
 * @param images of the run, in their order
 * @param before what lay there before
 */
public record CropSetTask(
    CropTask files, CropSize size, CropForm form, List<ImageRef> images, SetBefore before)
    implements ObjectTask<Nothing, LabelBatch> {
  private static final String OUTSIDE = "lies outside the image, no crop";

  public CropSetTask {
    images = List.copyOf(images);
  }

  /**
   * A set in place of files. The first image that can be read says what form its crops have.
   *
   * @param images of the run
   * @throws IllegalArgumentException if that image has not the axes of the size, or if no image can
   *     be done
   * @throws org.ngffspark.zarr.store.FormatException if no image can be read, or if something else
   *     than a set lies where it goes
   */
  public static CropSetTask of(CropTask files, CropSize size, List<ImageRef> images) {
    CropArrays.requireFree(StorePath.root(StoreLocations.open(files.directory())));
    CropForm form = CropForm.first(images, files, size);
    return new CropSetTask(files, size, form, images, new SetBefore());
  }

  @Override
  public PixelTarget pixels() {
    return files.pixels();
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(choice());
  }

  @Override
  public ImageTarget<LabelBatch> target(ImageRef image) {
    return new FilesTarget<>(
        new ImageRef(files.directory(), "").toString(),
        (opened, all) -> finish(opened, LabelBatch.merge(all.values())),
        new CropSetHistory(this)::decide);
  }

  /** An object is skipped whose region is not known, or whose box is larger than a crop. */
  @Override
  public OnError onError() {
    return files.onError();
  }

  @Override
  public Map<String, String> details() {
    return new TreeMap<>(Map.of("label image", choice().labelName()));
  }

  /**
   * @throws IllegalArgumentException if the image has crops of another form
   */
  @Override
  public void check(OpenedImage image) {
    form.requireHolds(image, size);
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return touched.pixels() * image.level().type().bytes();
  }

  @Override
  public TaskResult<LabelBatch> run(OpenedImage image, Tile<Nothing> tile) {
    TaskResult<LabelBatch> chosen = chosen(image, tile.labels());
    if (!tile.isWholeImage()) {
      return chosen;
    }
    CropArrays.clear(part(image.ref()));
    LabelBatch labels = chosen.values().get(0);
    return chosen.plus(write(image, labels, 0, labels.size()));
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
    CropArrays.clear(part(image.ref()));
    CropSetTask task = this;
    List<FollowUp<LabelBatch>> shards = new ArrayList<>();
    for (int from = 0; from < count; from += arrays.shardLength()) {
      int first = from;
      LabelBatch part = part(labels, from, Math.min(count, from + arrays.shardLength()));
      shards.add(opened -> task.write(opened, part, first, count));
    }
    return shards;
  }

  private static LabelBatch part(LabelBatch labels, int from, int to) {
    LabelBatch.Builder part = new LabelBatch.Builder();
    for (int i = from; i < to; i++) {
      part.add(labels.label(i), labels.roi(i));
    }
    return part.build();
  }

  @Override
  public Optional<RunEnding> ending(List<ImageOutcome> done) {
    boolean isDoneBefore = done.stream().allMatch(image -> image.state() == State.DONE_BEFORE);
    if (done.isEmpty() || (isDoneBefore && new CropSetHistory(this).isWhole())) {
      CropSetEnding.removeParts(files.directory());
      return Optional.empty();
    }
    return Optional.of(CropSetEnding.of(this, done.stream().map(ImageOutcome::input).toList()));
  }

  private ObjectChoice choice() {
    return files.choice();
  }

  /** The group that the crops of an image go to first. */
  StorePath part(ImageRef image) {
    return CropSetEnding.part(files.directory(), files.folders().get(image));
  }

  /** What all crops of the set have in common, as its attributes say it. */
  ObjectNode attributes() {
    ObjectNode crops = JsonNodeFactory.instance.objectNode();
    crops.put("label", choice().labelName());
    form.axes().forEach(crops.putArray("axes")::add);
    form.channels().forEach(crops.putArray("channels")::add);
    return crops;
  }

  private CropArrays arrays(OpenedImage image, int count) {
    return new CropArrays(part(image.ref()), form, Math.max(1, count));
  }

  /** The objects that get a crop, and why others get none. */
  private TaskResult<LabelBatch> chosen(OpenedImage image, LabelBatch labels) {
    MaskedReader reader = image.masked().reader();
    LabelBatch.Builder chosen = new LabelBatch.Builder();
    List<SkippedObject> skipped = new ArrayList<>();
    long outside = 0;
    for (int i = 0; i < labels.size(); i++) {
      Box box = reader.box(reader.place(labels.roi(i), choice().growth()));
      Optional<ObjectFailure> unfit =
          box.isEmpty() ? Optional.empty() : unfit(image, labels.label(i), box);
      if (box.isEmpty()) {
        outside++;
      } else if (unfit.isPresent()) {
        skipped.add(new SkippedObject(labels.label(i), skippedFor(unfit.get())));
      } else {
        chosen.add(labels.label(i), labels.roi(i));
      }
    }
    WorkCount work =
        outside == 0 ? WorkCount.NONE : WorkCount.objects(outside, 0, Map.of(OUTSIDE, outside));
    return TaskResult.of(
            List.of(chosen.build()), work.plus(WorkCount.objects(skipped.size(), 0, Map.of())))
        .withSkipped(skipped);
  }

  private String skippedFor(ObjectFailure failure) {
    if (onError() == OnError.FAIL) {
      throw failure;
    }
    return failure.getMessage();
  }

  private Optional<ObjectFailure> unfit(OpenedImage image, long label, Box box) {
    try {
      FittedBox.of(image.level().axes(), box.shape(), size);
      return Optional.empty();
    } catch (IllegalArgumentException unfit) {
      return Optional.of(new ObjectFailure(label, unfit.getMessage(), unfit));
    }
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
          MaskPlacement place = reader.place(labels.roi(i), choice().growth());
          MaskedPatch object =
              reader.read(labels.label(i), place, TaskChunks.both(source, image.labelChunks()));
          ObjectVisit.sample(image, object);
          add(object, crops, masks);
          work = work.plus(WorkCount.objects(1, object.patch().size(), Map.of()));
        }
        work =
            work.plus(
                WorkCount.bytesWritten(arrays.write(from + first, last - first, crops, masks)));
      }
    }
    return TaskResult.of(List.of(), work);
  }

  private void add(MaskedPatch object, List<NdArray> crops, List<NdArray> masks) {
    Patch patch = files.around() == Around.KEPT ? object.patch() : object.masked();
    Patch mask = mask(object);
    FittedBox fitted = FittedBox.of(patch.axes(), patch.shape(), size);
    boolean smooth = size.fit() == CropSize.Fit.SCALE && pixels() instanceof PixelTarget.OfImage;
    crops.add(smooth ? fitted.linear(patch) : fitted.nearest(patch.pixels()));
    masks.add(FittedBox.of(mask.axes(), mask.shape(), size).nearest(mask.pixels()));
  }

  /** The mask of an object, without the axis of channels. */
  private static Patch mask(MaskedPatch object) {
    Patch patch = object.patch();
    NdArray flags = NdArray.zeros(DataType.BOOL, patch.shape());
    object
        .mask()
        .forEachRun((start, length) -> Arrays.fill(flags.bytes(), start, start + length, (byte) 1));
    Axes axes = patch.axes().without(AxisName.C);
    Box box = without(patch.axes().index(AxisName.C), patch.box());
    OptionalInt channels = patch.axes().index(AxisName.C);
    NdArray first =
        channels.isEmpty()
            ? flags
            : flags.cut(Box.whole(patch.shape()).with(channels.getAsInt(), 0, 1));
    NdArray flat = NdArray.wrap(DataType.BOOL, box.shape(), first.bytes());
    return Patch.of(flat, axes, patch.pixelSize(), box);
  }

  private static Box without(OptionalInt dropped, Box box) {
    int[] kept =
        IntStream.range(0, box.rank())
            .filter(axis -> dropped.isEmpty() || axis != dropped.getAsInt())
            .toArray();
    return Box.of(
        Arrays.stream(kept).mapToLong(box::start).toArray(),
        Arrays.stream(kept).mapToLong(box::stop).toArray());
  }

  private void finish(OpenedImage image, LabelBatch labels) {
    int count = labels.size();
    CropSetRecord record = new CropSetHistory(this).record(image, count);
    if (count == 0) {
      CropArrays.clear(part(image.ref()));
      arrays(image, 0).finish(record.addTo(attributes()));
      return;
    }
    MaskedReader reader = image.masked().reader();
    int rank = form.axes().size();
    NdArray ids = NdArray.zeros(DataType.UINT64, Shape.of(count));
    NdArray boxes = NdArray.zeros(DataType.INT64, Shape.of(count, 2, rank));
    for (int i = 0; i < count; i++) {
      ids.buffer().putLong(i * Long.BYTES, labels.label(i));
      Box box = reader.box(reader.place(labels.roi(i), choice().growth()));
      for (int axis = 0; axis < rank; axis++) {
        int at = (2 * i * rank + axis) * Long.BYTES;
        boxes.buffer().putLong(at, box.start(axis));
        boxes.buffer().putLong(at + rank * Long.BYTES, box.stop(axis));
      }
    }
    List<CropSource> sources = Collections.nCopies(count, CropSource.of(image.ref()));
    arrays(image, count).finish(ids, boxes, sources, record.addTo(attributes()));
  }
}
