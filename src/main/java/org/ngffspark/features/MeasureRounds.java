// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.features;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.measure.ObjectKeys;
import org.ngffspark.measure.ObjectPieces;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * What is left when all tiles of an image are measured: objects that reach the borders of tiles are
 * put together, then those in pieces; or, where the label image has another resolution, all objects
 * are measured, whose boxes are known now.
 */
final class MeasureRounds {
  private static final int OBJECTS_PER_TASK = 2000;

  private final MeasureTask task;
  private final OpenedImage image;

  MeasureRounds(MeasureTask task, OpenedImage image) {
    this.task = task;
    this.image = image;
  }

  List<FollowUp<Measured>> round(int round, List<Measured> soFar) {
    List<FollowUp<Measured>> first = round == 0 ? first(soFar) : List.of();
    return first.isEmpty() ? scattered(soFar) : first;
  }

  private List<FollowUp<Measured>> first(List<Measured> soFar) {
    List<LabelBoxes> boxes = new ArrayList<>();
    SortedMap<Integer, List<ObjectPieces>> places = new TreeMap<>();
    for (Measured each : soFar) {
      if (each instanceof Measured.Boxes found) {
        boxes.add(found.boxes());
      } else if (each instanceof Measured.Parts parts) {
        places.computeIfAbsent(parts.place(), none -> new ArrayList<>()).add(parts.pieces());
      }
    }
    if (!boxes.isEmpty()) {
      return resampled(ResampledObjects.of(task, LabelBoxes.merge(boxes)).labels());
    }
    return places.values().stream()
        .<FollowUp<Measured>>map(pieces -> new JoinedParts(task, pieces))
        .toList();
  }

  /** Objects that lie near each other go together, so that few chunks are read twice. */
  private List<FollowUp<Measured>> resampled(LabelBatch labels) {
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Roi roi = labels.roi(i);
      placed.add(new Placed(unit(roi), labels.label(i), roi));
    }
    placed.sort(Comparator.comparing(Placed::unit).thenComparingLong(Placed::label));
    List<FollowUp<Measured>> tasks = new ArrayList<>();
    for (int from = 0; from < placed.size(); from += OBJECTS_PER_TASK) {
      LabelBatch.Builder batch = new LabelBatch.Builder();
      placed
          .subList(from, Math.min(placed.size(), from + OBJECTS_PER_TASK))
          .forEach(each -> batch.add(each.label, each.roi));
      tasks.add(new ResampledObjects(task, batch.build()));
    }
    return tasks;
  }

  private record Placed(long unit, long label, Roi roi) {}

  /** Number of the write unit in which a region begins. */
  private long unit(Roi roi) {
    Box box = roi.toBox(image.level().grid());
    List<GridPosition> units = image.level().array().writeUnits().touching(box);
    long number = 0;
    for (int axis = 0; !units.isEmpty() && axis < box.rank(); axis++) {
      number = number * image.level().array().writeUnits().count(axis) + units.get(0).get(axis);
    }
    return number;
  }

  private List<FollowUp<Measured>> scattered(List<Measured> soFar) {
    boolean done =
        soFar.stream()
            .anyMatch(each -> each instanceof Measured.Instead || each instanceof Measured.Boxes);
    if (done) {
      return List.of();
    }
    int columns = task.measurement(image).measurement().columns().size();
    ObjectKeys repeated = Measured.rows(columns, soFar).repeated();
    return repeated.isEmpty() ? List.of() : List.of(new ScatteredObjects(task, repeated));
  }
}
