// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.RequestCount;

/** What a run would take, for people. */
public final class EstimateText {
  private EstimateText() {}

  /**
   * A line for each thing that it takes.
   *
   * @param verb of what would be done to images, as {@code transformed}
   */
  public static List<String> lines(Estimate estimate, String verb) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Counted.of(estimate.images(), "image") + " would be " + verb + "; nothing is touched now");
    lines.add("  objects  " + objects(estimate));
    lines.add("  reads    about " + ByteCount.text(estimate.bytesRead()) + unsure(estimate));
    lines.add(
        "  writes   "
            + (estimate.bytesWritten() == 0
                ? "what it finds"
                : "about " + ByteCount.text(estimate.bytesWritten()) + unsure(estimate)));
    lines.add(
        "  tasks    "
            + Counted.of(estimate.tiles(), "task")
            + ", each with up to "
            + ByteCount.text(estimate.memoryPerTask())
            + " of pixels");
    if (!estimate.requests().isNone()) {
      lines.add("  requests " + requests(estimate.requests()));
    }
    if (estimate.chunkReads().chunks() > 0) {
      lines.add("  chunks   " + chunks(estimate.chunkReads()));
    }
    return lines;
  }

  private static String requests(RequestCount requests) {
    return String.format(
        Locale.ROOT,
        "GET %,d, PUT %,d, COPY %,d, HEAD %,d, LIST %,d for pixels and labels; more for metadata,"
            + " tables, lock and commit",
        requests.reads(),
        requests.writes(),
        requests.copies(),
        requests.heads(),
        requests.lists());
  }

  private static String chunks(ChunkReads reads) {
    String chunks = Counted.of(reads.chunks(), "chunk") + " of the input, read ";
    return reads.reads() == reads.chunks()
        ? chunks + "once each"
        : chunks + Counted.of(reads.reads(), "time") + " in all";
  }

  private static String unsure(Estimate estimate) {
    return estimate.scanned() == 0 ? "" : ", as far as that is known before objects are found";
  }

  private static String objects(Estimate estimate) {
    String known = Counted.of(estimate.objects(), "object");
    if (estimate.scanned() > 0) {
      String unknown = "those of " + Counted.of(estimate.scanned(), "image") + ", yet to be found";
      return estimate.objects() == 0 ? unknown : known + ", and " + unknown;
    }
    return estimate.boxBytes() == 0
        ? known
        : known + ", with " + ByteCount.text(estimate.boxBytes()) + " of pixels in their boxes";
  }

  /**
   * Why images cannot be done; none if all can.
   *
   * @param verb as in {@link #lines}
   */
  public static List<String> problems(Estimate estimate, String verb) {
    List<String> lines = new ArrayList<>();
    if (!estimate.problems().isEmpty()) {
      lines.add(Counted.of(estimate.problems().size(), "image") + " cannot be " + verb + ":");
      estimate.problems().forEach((image, reason) -> lines.add("  " + image + ": " + reason));
    }
    return lines;
  }
}
