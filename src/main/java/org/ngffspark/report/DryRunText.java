// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.job.DryRun;
import org.ngffspark.job.WorkCount;

/** What a run would do, for people. */
public final class DryRunText {
  private DryRunText() {}

  /** The plan, a line for each thing that it takes. */
  public static List<String> lines(DryRun plan) {
    WorkCount work = plan.work();
    List<String> lines = new ArrayList<>();
    long possible = plan.images() - plan.problems().size();
    lines.add(Counted.of(possible, "image") + " would be transformed; nothing is touched now");
    lines.add("  objects  " + Counted.of(work.objects(), "object") + crossing(plan));
    lines.add(
        "  reads    "
            + Counted.of(work.chunksRead(), "unit")
            + " of images, "
            + Counted.of(work.labelChunksRead(), "unit")
            + " of label images, "
            + ByteCount.text(work.bytesRead()));
    lines.add(
        "  writes   "
            + Counted.of(work.unitsWritten(), "unit")
            + ", "
            + Counted.of(work.pyramidUnitsWritten(), "unit")
            + " of coarser levels, about "
            + ByteCount.text(work.bytesWritten()));
    lines.add("  shuffle  up to " + ByteCount.text(plan.shuffleBytes()));
    lines.add(
        "  tasks    "
            + Counted.of(plan.tasks(), "task")
            + ", each with up to "
            + ByteCount.text(plan.memoryPerTask())
            + " of pixels");
    return lines;
  }

  private static String crossing(DryRun plan) {
    String tiled =
        plan.tiled() == 0 ? "" : ", " + Counted.of(plan.tiled(), "image") + " in several tiles";
    return tiled + (plan.crossing() == 0 ? "" : ", " + plan.crossing() + " in more than one tile");
  }

  /** Why images cannot be transformed; none if all can. */
  public static List<String> problems(DryRun plan) {
    List<String> lines = new ArrayList<>();
    if (!plan.problems().isEmpty()) {
      lines.add(Counted.of(plan.problems().size(), "image") + " cannot be transformed:");
      plan.problems().forEach((image, reason) -> lines.add("  " + image + ": " + reason));
    }
    return lines;
  }
}
