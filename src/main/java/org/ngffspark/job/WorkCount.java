// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.chunks.WrittenUnit;

/**
 * What was done, or what a plan says will be done. Adds up over tasks and images.
 *
 * @param objects label ids that were taken
 * @param chunksRead write units of the transformed image, all levels, that were read
 * @param labelChunksRead write units of the label image that were read
 * @param unitsWritten write units of the transformed level that were written
 * @param pyramidUnitsWritten write units of coarser levels that were written
 * @param bytesRead bytes read, encoded
 * @param bytesWritten bytes written, encoded
 * @param pixels pixels written, all channels together
 * @param requestsRepeated requests sent again because a store asked for fewer at a time
 * @param notes objects per note that a transform made about them
 */
public record WorkCount(
    long objects,
    long chunksRead,
    long labelChunksRead,
    long unitsWritten,
    long pyramidUnitsWritten,
    long bytesRead,
    long bytesWritten,
    long pixels,
    long requestsRepeated,
    Map<String, Long> notes)
    implements Serializable {
  public static final WorkCount NONE = new WorkCount(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  public WorkCount {
    notes = new TreeMap<>(notes);
  }

  /** Objects that were transformed, the pixels written for them and what was noted. */
  public static WorkCount objects(long objects, long pixels, Map<String, Long> notes) {
    return new WorkCount(objects, 0, 0, 0, 0, 0, 0, pixels, 0, notes);
  }

  /** Write units that were read. */
  public static WorkCount reads(long chunks, long labelChunks) {
    return new WorkCount(0, chunks, labelChunks, 0, 0, 0, 0, 0, 0, Map.of());
  }

  /** Bytes that were read. */
  public static WorkCount bytesRead(long bytes) {
    return new WorkCount(0, 0, 0, 0, 0, bytes, 0, 0, 0, Map.of());
  }

  /** Bytes that were written. */
  public static WorkCount bytesWritten(long bytes) {
    return new WorkCount(0, 0, 0, 0, 0, 0, bytes, 0, 0, Map.of());
  }

  /** Requests that were sent again because a store asked for fewer at a time. */
  public static WorkCount requestsRepeated(long requests) {
    return new WorkCount(0, 0, 0, 0, 0, 0, 0, 0, requests, Map.of());
  }

  /**
   * Write units that were staged.
   *
   * @param level the transformed level; others are of the pyramid
   */
  static WorkCount written(List<WrittenUnit> units, int level) {
    long finest = units.stream().filter(unit -> unit.level() == level).count();
    long bytes = units.stream().mapToLong(unit -> unit.staged().length()).sum();
    return new WorkCount(0, 0, 0, finest, units.size() - finest, 0, bytes, 0, 0, Map.of());
  }

  public WorkCount plus(WorkCount other) {
    Map<String, Long> sum = new TreeMap<>(notes);
    other.notes.forEach((note, count) -> sum.merge(note, count, Long::sum));
    return new WorkCount(
        objects + other.objects,
        chunksRead + other.chunksRead,
        labelChunksRead + other.labelChunksRead,
        unitsWritten + other.unitsWritten,
        pyramidUnitsWritten + other.pyramidUnitsWritten,
        bytesRead + other.bytesRead,
        bytesWritten + other.bytesWritten,
        pixels + other.pixels,
        requestsRepeated + other.requestsRepeated,
        sum);
  }
}
