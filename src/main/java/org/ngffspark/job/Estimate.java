// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run would take, told from plans: no pixel is read for it.
 *
 * @param images how many can be done
 * @param objects label ids that are taken, of images whose table tells them
 * @param scanned images whose objects are yet to be found
 * @param boxBytes bytes of pixels in the boxes of all objects, decoded; of images whose objects are
 *     yet to be found, in all places where there may be one
 * @param bytesRead bytes of pixels and labels to read, encoded; of images whose objects are yet to
 *     be found, what lies where there may be one
 * @param bytesWritten bytes to write, as long as what is there now, encoded; of images whose
 *     objects are yet to be found, what lies where there may be one; 0 if what is found is written
 * @param tiles tasks that do pixels
 * @param memoryPerTask bytes of decoded pixels that the largest of them holds
 * @param chunkReads how often chunks are read, of tasks whose plan tells it
 * @param requests to a bucket, of tasks whose plan tells it, as long as no value becomes fill value
 * @param problems why images cannot be done, by image
 */
public record Estimate(
    long images,
    long objects,
    long scanned,
    long boxBytes,
    long bytesRead,
    long bytesWritten,
    long tiles,
    long memoryPerTask,
    ChunkReads chunkReads,
    RequestCount requests,
    Map<String, String> problems)
    implements Serializable {
  private static final Estimate NOTHING =
      new Estimate(0, 0, 0, 0, 0, 0, 0, 0, ChunkReads.NONE, RequestCount.NONE, Map.of());

  public Estimate {
    problems = new TreeMap<>(problems);
  }

  private Estimate plus(Estimate other) {
    return new Estimate(
        images + other.images,
        objects + other.objects,
        scanned + other.scanned,
        boxBytes + other.boxBytes,
        bytesRead + other.bytesRead,
        bytesWritten + other.bytesWritten,
        tiles + other.tiles,
        Math.max(memoryPerTask, other.memoryPerTask),
        chunkReads.plus(other.chunkReads),
        requests.plus(other.requests),
        problems);
  }

  /** The same with more that cannot be done. */
  public Estimate plusProblems(Map<ImageRef, String> more) {
    Map<String, String> all = new TreeMap<>(problems);
    more.forEach((image, reason) -> all.put(image.toString(), reason));
    return new Estimate(
        images,
        objects,
        scanned,
        boxBytes,
        bytesRead,
        bytesWritten,
        tiles,
        memoryPerTask,
        chunkReads,
        requests,
        all);
  }

  /** Adds up images. Thread-safe. */
  public static final class Sum {
    private final Map<String, String> problems = new TreeMap<>();
    private Estimate sum = NOTHING;

    /** Adds what one image takes, or why it cannot be done. */
    public synchronized void add(ImageRef ref, TaskOutcome<Estimate> outcome) {
      if (outcome instanceof TaskOutcome.Failed<Estimate> failed) {
        problems.put(ref.toString(), failed.message());
      } else if (outcome instanceof TaskOutcome.Done<Estimate> done) {
        sum = sum.plus(done.value());
      }
    }

    public synchronized Estimate result() {
      return new Estimate(
          sum.images,
          sum.objects,
          sum.scanned,
          sum.boxBytes,
          sum.bytesRead,
          sum.bytesWritten,
          sum.tiles,
          sum.memoryPerTask,
          sum.chunkReads,
          sum.requests,
          problems);
    }
  }
}
