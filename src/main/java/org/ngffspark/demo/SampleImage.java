// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.ChannelWindow;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.RoiTable;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.ChunkGrid;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/**
 * Writes one image with two label images, a pyramid each, and ROI tables. Works tile by tile, so
 * that memory does not grow with the image.
 */
public final class SampleImage {
  /** Label image of the nuclei; a masking ROI table belongs to it. */
  public static final String NUCLEI = "nuclei";

  /** Label image of the cell bodies; no table belongs to it. */
  public static final String CELLS = "wf_2_labels";

  /** Masking ROI table of the nuclei. */
  public static final String NUCLEI_TABLE = "nuclei_ROI_table";

  /** ROI table of the fields of view. */
  public static final String FIELDS_TABLE = "FOV_ROI_table";

  private static final double PIXEL_SIZE = 0.1625;
  private static final double SLICE_DISTANCE = 1;
  private static final String UNIT = "micrometer";
  private static final List<String> COLORS = List.of("0000FF", "00FF00", "FF0000");
  private static final List<Double> BRIGHTEST = List.of(2000.0, 1500.0, 900.0);

  private final StorePath path;
  private final SampleLayout layout;
  private final CellParameters parameters;

  private SampleImage(StorePath path, SampleLayout layout, CellParameters parameters) {
    this.path = path;
    this.layout = layout;
    this.parameters = parameters;
  }

  /**
   * Writes an image; the metadata that make it one come last.
   *
   * @return how many nuclei it has
   * @throws IllegalArgumentException if there is an image at {@code path}
   */
  public static int write(StorePath path, SampleLayout layout, CellParameters parameters) {
    return new SampleImage(path, layout, parameters).write();
  }

  private int write() {
    if (ContainerKind.find(path).isPresent()) {
      throw new IllegalArgumentException(path + " exists already; remove it first");
    }
    SyntheticCells cells = new SyntheticCells(parameters);
    ObjectBoxes boxes = new ObjectBoxes(cells.size());
    Pyramid image = imagePyramid();
    Pyramid nuclei = labelPyramid(NUCLEI);
    Pyramid bodies = labelPyramid(CELLS);
    try (Workers workers = new Workers()) {
      ChunkGrid tiles = tiles(image.finest());
      workers.forEach(
          tiles.all(),
          tile -> {
            Box box = tiles.box(tile);
            RenderedTile drawn = cells.render(box, layout.channels());
            for (int channel = 0; channel < layout.channels(); channel++) {
              write(image.finest(), box, drawn.channels().get(channel), channel, 0);
            }
            write(nuclei.finest(), box, drawn.nuclei(), 0);
            write(bodies.finest(), box, drawn.cells(), 0);
            boxes.add(drawn.nuclei(), box);
          });
      List.of(image, nuclei, bodies).forEach(pyramid -> pyramid.fill(workers));
    }
    writeMetadata(image.datasets());
    writeTables(boxes);
    return cells.size();
  }

  /** The tiles in which whole write units are drawn, axes y, x. */
  private ChunkGrid tiles(ZarrArray array) {
    Shape unit = array.metadata().writeUnit();
    return new ChunkGrid(
        Shape.of(parameters.height(), parameters.width()), Shape.of(unit.get(2), unit.get(3)));
  }

  /** Writes a plane; {@code position} is its place on the axes before y and x. */
  private static void write(ZarrArray array, Box box, NdArray plane, long... position) {
    int rank = position.length + 2;
    long[] start = Arrays.copyOf(position, rank);
    long[] stop = Arrays.stream(start).map(at -> at + 1).toArray();
    for (int axis = 0; axis < 2; axis++) {
      start[position.length + axis] = box.start(axis);
      stop[position.length + axis] = box.stop(axis);
    }
    Box place = Box.of(start, stop);
    array.write(place, NdArray.wrap(plane.type(), place.shape(), plane.bytes()));
  }

  private Pyramid imagePyramid() {
    return new Pyramid(
        path,
        layout,
        Shape.of(layout.channels(), 1, parameters.height(), parameters.width()),
        DataType.UINT16,
        List.of("c", "z", "y", "x"),
        List.of(1.0, SLICE_DISTANCE, PIXEL_SIZE, PIXEL_SIZE));
  }

  private Pyramid labelPyramid(String name) {
    return new Pyramid(
        path.child("labels").child(name),
        layout,
        Shape.of(1, parameters.height(), parameters.width()),
        DataType.UINT32,
        List.of("z", "y", "x"),
        List.of(SLICE_DISTANCE, PIXEL_SIZE, PIXEL_SIZE));
  }

  private void writeMetadata(List<Dataset> datasets) {
    Axes axes =
        new Axes(List.of(Axis.of("c"), Axis.of("z", UNIT), Axis.of("y", UNIT), Axis.of("x", UNIT)));
    List<Channel> channels =
        IntStream.range(0, layout.channels()).mapToObj(SampleImage::channel).toList();
    ImageMetadata metadata = ImageMetadata.create(layout.version(), axes, datasets, channels);
    for (String label : List.of(NUCLEI, CELLS)) {
      ImageNode.create(path.child("labels").child(label), metadata.derivedLabel(label));
    }
    ImageNode image = ImageNode.create(path, metadata);
    image.labels().add(NUCLEI);
    image.labels().add(CELLS);
  }

  private void writeTables(ObjectBoxes boxes) {
    Tables tables = Tables.open(path);
    tables.write(FIELDS_TABLE, RoiTable.of(fields()), WritableBackend.ANNDATA);
    MaskingRoiTableBuilder nuclei = MaskingRoiTable.builder();
    boxes.rois(PIXEL_SIZE).forEach(nuclei::add);
    MaskingRoiTable regions =
        nuclei.build().madeOf(Container.open(path).label(NUCLEI).fingerprint());
    tables.write(NUCLEI_TABLE, regions, NUCLEI, WritableBackend.ANNDATA);
  }

  /** The fields of view as regions, row by row. */
  private List<Roi> fields() {
    ChunkGrid grid =
        new ChunkGrid(
            Shape.of(parameters.height(), parameters.width()),
            Shape.of(parameters.fieldHeight(), parameters.fieldWidth()));
    List<Roi> fields = new ArrayList<>();
    for (GridPosition position : grid.all()) {
      Box box = grid.box(position);
      fields.add(
          new Roi(
              Optional.of("FOV_" + (fields.size() + 1)),
              Optional.empty(),
              Map.of(
                  AxisName.Z,
                  Interval.of(0, SLICE_DISTANCE),
                  AxisName.Y,
                  Interval.of(box.start(0) * PIXEL_SIZE, box.length(0) * PIXEL_SIZE),
                  AxisName.X,
                  Interval.of(box.start(1) * PIXEL_SIZE, box.length(1) * PIXEL_SIZE))));
    }
    return fields;
  }

  private static Channel channel(int index) {
    return new Channel(
        SyntheticCells.CHANNELS.get(index),
        "A0" + (index + 1) + "_C0" + (index + 1),
        Optional.of(COLORS.get(index)),
        Optional.of(new ChannelWindow(0, 65535, 100, BRIGHTEST.get(index))));
  }
}
