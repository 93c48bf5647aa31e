// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.job.FollowUp;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.TaskResult;
import org.ngffspark.labels.Found.Children;
import org.ngffspark.labels.Found.Looked;
import org.ngffspark.labels.Found.Written;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.plan.TileGrid;
import org.ngffspark.pyramid.LevelRounds;
import org.ngffspark.segment.WholeSegmentation.Finding;
import org.ngffspark.segment.WholeSegmentation.Ids;
import org.ngffspark.segment.WholeSegmentation.Known;
import org.ngffspark.zarr.nd.Box;

/**
 * What is left when all tiles of an image have been looked at: as many more looks as a threshold of
 * the whole image needs, then the objects are painted tile by tile, then the coarser levels are
 * made.
 */
final class SegmentRounds {
  private final SegmentTask task;
  private final OpenedImage image;

  SegmentRounds(SegmentTask task, OpenedImage image) {
    this.task = task;
    this.image = image;
  }

  List<FollowUp<Found>> round(int round, TaskResult<Found> soFar) {
    List<Written> written = Found.of(Written.class, soFar.values());
    if (written.isEmpty()) {
      return task.search() instanceof InObjects inside
          ? children(soFar.values()).map(all -> paintObjects(inside, all)).orElse(List.of())
          : lookOrPaint(Found.of(Looked.class, soFar.values()));
    }
    List<Box> changed = written.stream().flatMap(each -> each.changed().stream()).toList();
    return levels(round - paintingRound(soFar) - 1, changed, soFar);
  }

  /** The round in which objects were painted. */
  private int paintingRound(TaskResult<Found> soFar) {
    List<Looked> looked = Found.of(Looked.class, soFar.values());
    // The first look is that of the tiles themselves.
    return looked.isEmpty() ? 0 : looks(looked) - 1;
  }

  private static int looks(List<Looked> looked) {
    return looked.size() / looked.get(0).tiles().count();
  }

  private List<FollowUp<Found>> levels(int round, List<Box> changed, TaskResult<Found> soFar) {
    String name = task.label();
    LevelRounds levels = LevelRounds.making(image, opened -> NewLabel.of(opened, name).steps());
    List<FollowUp<Found>> tasks = new ArrayList<>();
    for (FollowUp<Box> level :
        levels.round(round, changed, TaskResult.<Box>nothing().withUnits(soFar.units()))) {
      tasks.add(
          opened -> {
            TaskResult<Box> made = level.run(opened);
            return TaskResult.<Found>of(List.of(), made.work()).withUnits(made.units());
          });
    }
    return tasks;
  }

  /** All parents of an image, ascending by id, with the number of objects in each. */
  static Optional<Children> children(List<Found> all) {
    List<Children> parts = Found.of(Children.class, all);
    SortedMap<Long, Integer> counts = new TreeMap<>(Long::compareUnsigned);
    for (Children part : parts) {
      for (int i = 0; i < part.counts().length; i++) {
        counts.put(part.parents().label(i), part.counts()[i]);
      }
    }
    LabelBatch parents = LabelBatch.merge(parts.stream().map(Children::parents).toList());
    int[] inOrder =
        IntStream.range(0, parents.size()).map(i -> counts.get(parents.label(i))).toArray();
    return parts.stream().findFirst().map(part -> new Children(part.tiles(), parents, inOrder));
  }

  /** Parents with objects that touch a tile, and the first id and the number of theirs. */
  private static final class Pending {
    private final LabelBatch.Builder parents = new LabelBatch.Builder();
    private final List<long[]> ids = new ArrayList<>();
  }

  private List<FollowUp<Found>> paintObjects(InObjects inside, Children all) {
    long[] first = SegmentTask.firstIds(all.counts());
    ParentObjects objects = new ParentObjects(image, inside);
    SortedMap<Integer, Pending> tiles = new TreeMap<>();
    for (int i = 0; i < first.length; i++) {
      if (all.counts()[i] > 0) {
        for (int tile : all.tiles().touching(objects.box(all.parents().roi(i)))) {
          Pending pending = tiles.computeIfAbsent(tile, none -> new Pending());
          pending.parents.add(all.parents().label(i), all.parents().roi(i));
          pending.ids.add(new long[] {first[i], all.counts()[i]});
        }
      }
    }
    List<FollowUp<Found>> tasks = new ArrayList<>();
    tiles.forEach(
        (tile, pending) ->
            tasks.add(
                new PaintObjects(
                    task,
                    inside,
                    all.tiles().box(tile),
                    pending.parents.build(),
                    pending.ids.toArray(long[][]::new))));
    return tasks;
  }

  /**
   * Paints the objects of some parents in a tile.
   *
   * @param box of the tile, in pixels of the image
   * @param ids first id and number of the objects of each parent
   */
  private record PaintObjects(
      SegmentTask task, InObjects inside, Box box, LabelBatch parents, long[][] ids)
      implements FollowUp<Found> {
    @Override
    public TaskResult<Found> run(OpenedImage image) {
      Box part = ParentObjects.withoutChannel(image, box);
      ParentObjects objects = new ParentObjects(image, inside);
      try (TaskChunks chunks = SegmentTask.chunks(image);
          LabelPainter painter = new LabelPainter(image, task, chunks)) {
        objects.forEach(
            parents,
            chunks,
            (index, children) -> {
              if (children.count() != ids[index][1]) {
                throw new ObjectFailure(
                    parents.label(index),
                    "finder '%s' found %d objects, and %d when it was asked again; what it finds"
                            .formatted(inside.finder().name(), ids[index][1], children.count())
                        + " must follow from the pixels alone");
              }
              ParentObjects.paint(children, ids[index][0], part, painter);
            });
        return painter.finish();
      }
    }
  }

  private List<FollowUp<Found>> lookOrPaint(List<Looked> looked) {
    ImageSearch search = new ImageSearch(task, image);
    List<Finding> findings = looked.stream().flatMap(each -> each.findings().stream()).toList();
    TileGrid tiles = looked.get(0).tiles();
    Known known = search.segmentation().known(findings);
    if (!search.segmentation().isDone(findings)) {
      return IntStream.range(0, tiles.count())
          .<FollowUp<Found>>mapToObj(tile -> new Look(task, tiles, tile, known.of(tile)))
          .toList();
    }
    Map<Integer, Ids> ids = search.segmentation().ids(findings);
    return IntStream.range(0, tiles.count())
        .<FollowUp<Found>>mapToObj(
            tile -> new Paint(task, tiles, tile, known.of(tile), ids.get(tile)))
        .toList();
  }

  /** Looks at a tile once more. */
  private record Look(SegmentTask task, TileGrid tiles, int tile, Known known)
      implements FollowUp<Found> {
    @Override
    public TaskResult<Found> run(OpenedImage image) {
      return new ImageSearch(task, image).look(tiles, tile, known);
    }
  }

  /** Paints the objects of a tile of a whole image. */
  private record Paint(SegmentTask task, TileGrid tiles, int tile, Known known, Ids ids)
      implements FollowUp<Found> {
    @Override
    public TaskResult<Found> run(OpenedImage image) {
      TaskResult<Found> painted = new ImageSearch(task, image).paint(tiles, tile, known, ids);
      return tile == 0
          ? painted.plus(TaskResult.of(List.of(), ImageSearch.counted(ids.objects())))
          : painted;
    }
  }
}
