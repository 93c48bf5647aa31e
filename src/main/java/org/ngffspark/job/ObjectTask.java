// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.plan.Assignment.Crossing;
import org.ngffspark.roi.UnusableRegion;
import org.ngffspark.samples.SampleSizes;
import org.ngffspark.samples.SampledFeatures;

/**
 * What a command does with each object of an image, or with each tile. A run plans every image,
 * cuts large ones into tiles, sends each tile the labels that it is to compute, sums up what the
 * tasks of an image return, and ends the image with its {@link ImageTarget}.
 *
 * <p>It travels to the executors once and is then used by several threads, so it is immutable. A
 * task may run more than once, after a failure or by speculation: what it does besides returning a
 * result must be the same when it is done again. {@link org.ngffspark.zarr.store.FormatException},
 * {@link IllegalArgumentException} and {@link ObjectFailure} fail the image at once; other
 * exceptions may pass when the task is tried again.
 *
 * @param <M> what tiles send each other
 * @param <V> what a task returns besides staged units
 */
public interface ObjectTask<M extends Serializable, V extends Serializable> extends Serializable {

  /** The pixels that tasks take: those of the image, unless a task says otherwise. */
  default PixelTarget pixels() {
    return PixelTarget.image();
  }

  /** Whether the image that a run makes or changes shows other pixels than its input. */
  default boolean changesImage() {
    return false;
  }

  /**
   * Whether those who look at the run are shown the masks of objects that are found in the label
   * image, as its tasks hold no other pixels.
   */
  default boolean showsMasks() {
    return false;
  }

  /** The objects that are assigned to tiles; empty, unless a task needs some. */
  default Optional<ObjectChoice> objects() {
    return Optional.empty();
  }

  /** Whether new objects get ids, so that the largest one there is has to be known before. */
  default boolean makesLabels() {
    return false;
  }

  /** Where the results for an image go. */
  ImageTarget<V> target(ImageRef image);

  /** What is run, for whoever meets a lock of the run: parameters by name. */
  default Map<String, String> details() {
    return Map.of();
  }

  /**
   * What becomes of an object that cannot be done: its image fails, unless a task says otherwise.
   */
  default OnError onError() {
    return OnError.FAIL;
  }

  /**
   * What becomes of objects whose regions are not known, as a row of a table lacks a number.
   *
   * @param regions at least one, ascending by id
   * @return those that are left alone and listed
   * @throws ObjectFailure if the image fails for them
   */
  default List<SkippedObject> withoutRegion(List<UnusableRegion> regions) {
    if (onError() == OnError.SKIP) {
      return regions.stream()
          .map(region -> new SkippedObject(region.label(), region.reason()))
          .toList();
    }
    UnusableRegion first = regions.get(0);
    String others = regions.size() == 1 ? "" : " (and " + (regions.size() - 1) + " more objects)";
    throw new ObjectFailure(first.label(), first.reason() + others);
  }

  /**
   * Looks whether an image can be done, when it is planned. All metadata that tasks will need are
   * to be read here: then no task reads them again.
   *
   * @throws IllegalArgumentException if the image has not what the run asks for
   */
  default void check(OpenedImage image) {}

  /** Bytes of decoded pixels that a task holds for each write unit of its tile. */
  default long bytesPerUnit(OpenedImage image) {
    return UnitMemory.of(image).bytes(1);
  }

  /** The tiles that get labels whose boxes lie in several tiles. */
  default Crossing crossing() {
    return Crossing.FIRST_TILE;
  }

  /** Whether tasks find the objects, so that a plan does not tell how many there are. */
  default boolean findsObjects() {
    return false;
  }

  /** Bytes of pixels and labels that are read for an image, encoded. */
  default long bytesRead(OpenedImage image, TouchedUnits touched) {
    return touched.bytes() + touched.bytesAgain() + touched.labelBytes();
  }

  /**
   * Bytes that are written for an image, encoded, as far as that can be told before; 0 if it
   * cannot.
   */
  default long bytesWritten(OpenedImage image, TouchedUnits touched) {
    return 0;
  }

  /** How often chunks are read, if the plan tells that. */
  default ChunkReads chunkReads(OpenedImage image) {
    return ChunkReads.NONE;
  }

  /** Requests for an image in a bucket, if the plan tells them. */
  default RequestCount requests(OpenedImage image, TouchedUnits touched) {
    return RequestCount.NONE;
  }

  /**
   * Whether a task that waits for a store may do several small images meanwhile: nothing is needed
   * for each of them but memory.
   */
  default boolean worksSideBySide() {
    return false;
  }

  /** What tiles do before {@link #run}; empty if they send each other nothing. */
  default Optional<Sender<M, V>> sender() {
    return Optional.empty();
  }

  /** The task of a tile, when all that other tiles send to it is there. */
  TaskResult<V> run(OpenedImage image, Tile<M> tile);

  /**
   * What is known of the objects of an image when all its tasks are done, for those who look at the
   * run. Called on the driver, before the commit; reads no pixels.
   */
  default SampledFeatures features(OpenedImage image, TaskResult<V> all, SampleSizes sizes) {
    return SampledFeatures.NONE;
  }

  /**
   * What is to be done when all tiles of an image are done, in rounds: those of one round run side
   * by side. Called on the driver. An image that one task has done wholly has no rounds.
   *
   * @param round 0 for the first
   * @param soFar what tiles and rounds before this one have returned
   * @return nothing if no round is left
   */
  default List<FollowUp<V>> followUps(OpenedImage image, int round, TaskResult<V> soFar) {
    return List.of();
  }

  /**
   * What is made of the results of several images. Called on the driver when all images have ended,
   * unless the run was stopped.
   *
   * @param done the images that are done, by this run or before, in the order in which they were
   *     given
   * @return empty if each image is by itself
   */
  default Optional<RunEnding> ending(List<ImageOutcome> done) {
    return Optional.empty();
  }
}
