// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ImageContent;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RequestCount;
import org.ngffspark.job.Sender;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.TouchedUnits;
import org.ngffspark.job.UnitMemory;
import org.ngffspark.plan.FragmentBatch;
import org.ngffspark.pyramid.LevelBytes;
import org.ngffspark.pyramid.LevelRounds;
import org.ngffspark.zarr.nd.Box;

/**
 * Transforms objects. Labels whose boxes lie in several tiles are transformed by the first of these
 * and sent to the others as fragments; each tile writes its units. Tasks return the boxes of the
 * transformed level whose pixels may have changed.
 *
 * @param spec what is done with each object
 * @param destination where the pixels go
 */
public record TransformTask(TransformSpec spec, Destination destination)
    implements ObjectTask<FragmentBatch, Box> {
  // Source and new content of a chunk, and half of that again: pixels that wait to be pasted, or,
  // later, the coarser levels.
  private static final double COPIES = 2.5;

  @Override
  public PixelTarget pixels() {
    return spec.pixels();
  }

  @Override
  public boolean changesImage() {
    return spec.pixels() instanceof PixelTarget.OfImage;
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(spec.objects());
  }

  @Override
  public boolean makesLabels() {
    return spec.transform().makesLabels();
  }

  @Override
  public ImageTarget<Box> target(ImageRef image) {
    return new TransformedImage(TargetPlace.of(image, spec.pixels(), destination), spec);
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new TreeMap<>(spec.parameters());
    details.put("label image", spec.objects().labelName());
    details.put("transform", spec.transformName());
    return details;
  }

  @Override
  public OnError onError() {
    return spec.onError();
  }

  @Override
  public void check(OpenedImage image) {
    ImagePasses.of(image, spec);
    if (makesLabels() && !(spec.pixels() instanceof PixelTarget.OfLabel)) {
      throw new IllegalArgumentException(
          "Transform '"
              + spec.transformName()
              + "' makes new label ids, so it changes a label image: name it with --on-label");
    }
    if (spec.pixels() instanceof PixelTarget.OfLabel label) {
      image.container().requireOwnLabel(label.name());
    }
    CompanionFiles.requireListed(image, companions());
    if (!(destination instanceof Destination.InPlace)) {
      image.levels();
    }
    // Where a link of the source cannot be taken over is found out before any pixel is read.
    TargetPlace.of(image.ref(), spec.pixels(), destination).link(image.container().sourceLink());
  }

  /** Tiles span all channels, of which a task holds those of one pass. */
  @Override
  public long bytesPerUnit(OpenedImage image) {
    return UnitMemory.of(image).bytes(COPIES / ImagePasses.of(image, spec).all().size());
  }

  @Override
  public long bytesRead(OpenedImage image, TouchedUnits touched) {
    long objects = touched.bytesAgain() + touched.labelBytes();
    return isInPlace()
        ? objects + touched.bytes() + levels(image, touched).read()
        : objects + allBytes(image, touched);
  }

  @Override
  public long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return isInPlace()
        ? touched.bytes() + levels(image, touched).written()
        : allBytes(image, touched);
  }

  /** Unless each needs a process, or what takes many objects at once, as a network. */
  @Override
  public boolean worksSideBySide() {
    return spec.transform().callsAtOnce() == 1 && spec.transform().objectsAtOnce() == 1;
  }

  /**
   * Of images that one task does: at the commit all values are looked at once more, by a list of a
   * thousand.
   */
  @Override
  public RequestCount requests(OpenedImage image, TouchedUnits touched) {
    if (!isInPlace() || !changesImage() || touched.tiles() > 1) {
      return RequestCount.NONE;
    }
    LevelBytes levels = levels(image, touched);
    long reads = touched.units() + levels.unitsRead() + touched.labelUnits();
    long writes = touched.units() + levels.unitsWritten();
    return new RequestCount(reads, writes, writes, 0, 1 + reads / 1000)
        .plus(ImageContent.requests(image, "", spec.objects().labelName()));
  }

  private boolean isInPlace() {
    return destination instanceof Destination.InPlace;
  }

  private LevelBytes levels(OpenedImage image, TouchedUnits touched) {
    return spec.pyramid() == PyramidMode.REBUILD
        ? LevelBytes.of(image.level().pyramid().steps(touched.level()), touched)
        : LevelBytes.of(List.of(), touched);
  }

  /** A new image is read and written whole. */
  private long allBytes(OpenedImage image, TouchedUnits touched) {
    return touched.levelBytes() + touched.otherBytes() + CompanionFiles.bytes(image, companions());
  }

  @Override
  public Optional<Sender<FragmentBatch, Box>> sender() {
    return Optional.of(new CrossingSender(spec));
  }

  @Override
  public TaskResult<Box> run(OpenedImage image, Tile<FragmentBatch> tile) {
    TaskResult<Box> done = new TileTask(ImagePasses.of(image, spec), tile).run();
    return tile.isWholeImage()
        ? done.plus(CompanionFiles.all(image, companions()).run(image))
        : done;
  }

  /** A new label image gets none of its image: they are there. */
  private Companions companions() {
    return spec.pixels() instanceof PixelTarget.OfImage
        ? destination.companions()
        : Companions.NONE;
  }

  @Override
  public List<FollowUp<Box>> followUps(OpenedImage image, int round, TaskResult<Box> soFar) {
    LevelRounds rounds =
        spec.pyramid() == PyramidMode.REBUILD
            ? LevelRounds.making(image, 0)
            : LevelRounds.keeping(image);
    List<FollowUp<Box>> work = new ArrayList<>(rounds.round(round, soFar.values(), soFar));
    if (round == 0) {
      work.addAll(CompanionFiles.parts(image, companions()));
    }
    return work;
  }
}
