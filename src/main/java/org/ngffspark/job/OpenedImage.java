// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.chunks.ImageOutput;
import org.ngffspark.chunks.NoOutput;
import org.ngffspark.chunks.StagedOutput;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.chunks.UnitStage;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.Masked;
import org.ngffspark.image.Masking;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.samples.ObjectSampler;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.StorePath;
import org.ngffspark.zarr.store.WritesBehind;

/**
 * One image of a run, opened by a task: the level whose pixels are taken, the label image that
 * masks them, and the stage that takes new write units. What is read through it is counted and
 * noted. Not safe for several threads.
 */
public final class OpenedImage implements AutoCloseable {
  private final ImageRef ref;
  private final TracedStore store;
  private final Container container;
  private final ChunkPool pool;
  private final ImageOutput output;
  private final Optional<ObjectChoice> objects;
  private final boolean hasTable;
  private final boolean showsMasks;
  private final long largestLabel;
  private final Optional<Masked> masked;
  private final ImageLevel level;
  private final LongAdder unitsRead = new LongAdder();
  private final LongAdder labelUnitsRead = new LongAdder();
  private Optional<TaskChunks> labels = Optional.empty();
  private Optional<WritesBehind> writes = Optional.empty();
  private DoubleConsumer progress = objects -> {};
  private ObjectSampler samples = new ObjectSampler(SampleSizes.NONE);

  private OpenedImage(
      ImageRef ref,
      KnownMetadata known,
      ObjectTask<?, ?> task,
      boolean hasTable,
      long largestLabel,
      ImageOutput output,
      ChunkPool pool) {
    this.hasTable = hasTable;
    this.largestLabel = largestLabel;
    StorePath path = ref.open();
    this.ref = ref;
    this.pool = pool;
    this.output = output;
    this.store = new TracedStore(path, known);
    this.container = Container.open(new StorePath(store, path.path()));
    this.objects = task.objects();
    this.showsMasks = task.showsMasks();
    this.masked = objects.map(choice -> masked(container, choice, task.pixels()));
    this.level = masked.map(Masked::level).orElseGet(() -> level(container, task.pixels()));
  }

  /**
   * Opens an image that is not planned yet, and reads its metadata.
   *
   * @throws org.ngffspark.zarr.store.FormatException if the image is damaged
   * @throws IllegalArgumentException if it has not what the run asks for
   */
  public static OpenedImage unplanned(ImageRef ref, ObjectTask<?, ?> task, ChunkPool pool) {
    return new OpenedImage(ref, KnownMetadata.NONE, task, true, 0, new NoOutput(), pool);
  }

  /** Opens an image by what its plan knows of it; reads nothing. */
  public static OpenedImage of(PlannedImage image, ObjectTask<?, ?> task, ChunkPool pool) {
    return new OpenedImage(
        image.ref(),
        image.plan().metadata(),
        task,
        hasTable(image.plan()),
        image.plan().ids().largest(),
        image.output(),
        pool);
  }

  /** Opens an image where no pixels are read, by what its plan knows of it. */
  static OpenedImage onDriver(ImageRef ref, ImagePlan plan, ObjectTask<?, ?> task) {
    return new OpenedImage(
        ref,
        plan.metadata(),
        task,
        hasTable(plan),
        plan.ids().largest(),
        new NoOutput(),
        new ChunkPool(0));
  }

  private static boolean hasTable(ImagePlan plan) {
    return plan.regions() instanceof ImagePlan.Regions.Table;
  }

  private static ImageLevel level(Container container, PixelTarget pixels) {
    return pixels instanceof PixelTarget.OfLabel label
        ? container.label(label.name(), label.level())
        : container.image(pixels.level());
  }

  private static Masking masking(ObjectChoice objects) {
    Masking masking = Masking.by(objects.labelName()).withGrid(objects.grid());
    return objects.table() instanceof TableChoice.Named named
        ? masking.withTable(named.name())
        : masking;
  }

  private static Masked masked(Container container, ObjectChoice objects, PixelTarget pixels) {
    if (pixels instanceof PixelTarget.OfLabel label) {
      return container.maskedLabel(label.name(), masking(objects), label.level());
    }
    Masked masked = container.maskedImage(masking(objects), pixels.level());
    List<String> names = ((PixelTarget.OfImage) pixels).channels();
    if (names.isEmpty()) {
      return masked;
    }
    Masked selected = masked.channels(ChannelSelection.named(names));
    int[] channels = selected.reader().channels();
    if (Arrays.stream(channels).distinct().count() < channels.length) {
      throw new IllegalArgumentException(
          "A channel can be taken once only, got channels " + Arrays.toString(channels));
    }
    return selected;
  }

  public ImageRef ref() {
    return ref;
  }

  public Container container() {
    return container;
  }

  /** The level whose pixels are taken. */
  public ImageLevel level() {
    return level;
  }

  /** All levels of the image or label image whose pixels are taken; opens each. */
  public List<ImageLevel> levels() {
    return IntStream.range(0, level.node().metadata().datasets().size())
        .<ImageLevel>mapToObj(
            index ->
                level instanceof Label target
                    ? container.label(target.name(), index)
                    : container.image(index))
        .toList();
  }

  /** Whether the run takes objects. */
  public boolean hasObjects() {
    return objects.isPresent();
  }

  /**
   * The level, masked by the label image, in the channels that are taken.
   *
   * @throws IllegalStateException if the run takes no objects
   */
  public Masked masked() {
    return masked.orElseThrow(() -> new IllegalStateException("This run takes no objects"));
  }

  /** The objects that are taken; errors are those of {@link #masked}. */
  public ObjectChoice objects() {
    return objects.orElseThrow(() -> new IllegalStateException("This run takes no objects"));
  }

  /** The level of the label image that gives the masks; errors are those of {@link #masked}. */
  public Label label() {
    return masked().label();
  }

  /** The regions of all objects from a table; empty if they are to be found in the label image. */
  public Optional<MaskingRois> table() {
    return hasTable && !(objects().table() instanceof TableChoice.LabelImage)
        ? container.maskingTable(masking(objects()))
        : Optional.empty();
  }

  /**
   * Decoded chunks of an array of this image, each read once; to be closed by the caller.
   *
   * @param array of the image or a label image
   */
  public TaskChunks chunks(ZarrArray array) {
    boolean isLabel = masked.filter(each -> each.label().array() == array).isPresent();
    return new TaskChunks(array, pool, isLabel ? labelUnitsRead : unitsRead);
  }

  /** Decoded chunks of {@link #label}, held until the image is closed. */
  public TaskChunks labelChunks() {
    if (labels.isEmpty()) {
      labels = Optional.of(chunks(label().array()));
    }
    return labels.get();
  }

  /** The largest id that there was before the run, if that makes new ones; else 0. */
  public long largestLabel() {
    return largestLabel;
  }

  /** Memory for chunks. */
  public ChunkPool pool() {
    return pool;
  }

  /**
   * Where write units go.
   *
   * @throws IllegalStateException if the run changes no container
   */
  public StagedOutput output() {
    if (output instanceof StagedOutput staged) {
      return staged;
    }
    throw new IllegalStateException("This run changes no container");
  }

  /** Stages write units; errors are those of {@link #output}. */
  public UnitStage stage() {
    WritesBehind behind = writes.orElseGet(() -> output().stage().writesBehind());
    writes = Optional.of(behind);
    return new UnitStage(output(), unitsRead, behind);
  }

  /** The metadata files that were read or looked for. */
  KnownMetadata metadata() {
    return store.metadata();
  }

  /** A result with what was read and sampled through this image, and its staged units counted. */
  public <V> TaskResult<V> counted(TaskResult<V> result) {
    WorkCount work =
        WorkCount.reads(unitsRead.sum(), labelUnitsRead.sum())
            .plus(WorkCount.bytesRead(store.bytesRead()))
            .plus(WorkCount.written(result.units(), level.level()))
            .plus(WorkCount.requestsRepeated(requestsRepeated()));
    return result.plus(
        new TaskResult<>(
            List.of(), List.of(), List.of(), store.values(), List.of(), samples.result(), work));
  }

  private long requestsRepeated() {
    long staging = output instanceof StagedOutput staged ? staged.stage().requestsRepeated() : 0;
    return store.requestsRepeated() + staging;
  }

  /**
   * Hands on what {@link #done} is told.
   *
   * @param listener takes numbers of objects, which add up
   */
  public OpenedImage tellingProgress(DoubleConsumer listener) {
    progress = listener;
    return this;
  }

  /**
   * Says that a task has done some more objects, for those who watch the run: what counts in the
   * end is the task's result.
   *
   * @param objects may be a part of one
   */
  public void done(double objects) {
    progress.accept(objects);
  }

  /** Takes a sample of the objects that a task has, of these sizes. */
  public OpenedImage sampling(SampleSizes sizes) {
    samples = new ObjectSampler(sizes);
    return this;
  }

  /** Takes objects that the run shows; none unless {@link #sampling} was called. */
  public ObjectSampler samples() {
    return samples;
  }

  /** Whether masks that are found in the label image are to be sampled. */
  boolean showsMasks() {
    return showsMasks && !samples.sizes().isNone();
  }

  /** Gives the memory of label chunks back; no write goes on after this. */
  @Override
  public void close() {
    writes.ifPresent(WritesBehind::close);
    labels.ifPresent(TaskChunks::close);
    labels = Optional.empty();
  }
}
