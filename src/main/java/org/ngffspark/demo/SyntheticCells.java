// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * A picture of cultured cells in three channels with its two segmentations, made piece by piece:
 * any box gives the same pixels as a part of any other box. Nuclei measure 30 to 60 pixels where
 * there is room, some touch in pairs, some are cut by the border. Safe for use by several threads.
 */
public final class SyntheticCells {
  /** The channels, in their order: nuclei, cytoplasm, puncta. */
  public static final List<String> CHANNELS = List.of("DAPI", "GFP", "RFP");

  private final CellParameters parameters;
  private final CellField field;
  private final Texture texture;
  private final Camera camera;
  private final long noise;

  public SyntheticCells(CellParameters parameters) {
    this.parameters = parameters;
    this.field = new CellField(parameters);
    SplittableRandom random = new SplittableRandom(~parameters.seed());
    this.texture = new Texture(random.nextLong());
    List<Cell> all = field.near(0, 0, parameters.height(), parameters.width(), 0);
    this.camera =
        new Camera(parameters, new Haze(parameters.height(), parameters.width(), all), random);
    this.noise = random.nextLong();
  }

  /** How many nuclei there are; their ids go from 1 to this. */
  public int size() {
    return field.size();
  }

  /**
   * Draws a box.
   *
   * @param box axes y, x
   * @param channels how many of {@link #CHANNELS}, from the first on
   * @throws IllegalArgumentException if the box reaches outside the image
   */
  public RenderedTile render(Box box, int channels) {
    if (!box.isWithin(Shape.of(parameters.height(), parameters.width()))) {
      throw new IllegalArgumentException(
          "Box "
              + box
              + " reaches outside ["
              + parameters.height()
              + ", "
              + parameters.width()
              + "]");
    }
    Canvas canvas = draw(box);
    List<NdArray> images = new ArrayList<>();
    float[][] light = {canvas.dapi, canvas.gfp, canvas.rfp};
    double[] background = {25, 40, 30};
    double[] glow = {26, 22, 6};
    for (int channel = 0; channel < channels; channel++) {
      images.add(
          camera.expose(
              canvas, light[channel], background[channel], glow[channel], noise * (channel + 1)));
    }
    return new RenderedTile(
        images, labels(canvas.nuclei, box.shape()), labels(canvas.cells, box.shape()));
  }

  private Canvas draw(Box box) {
    int top = (int) box.start(0);
    int left = (int) box.start(1);
    Canvas canvas = new Canvas(top, left, (int) box.length(0), (int) box.length(1), texture);
    double reach = Cell.REACH * CellField.LARGEST;
    List<CellLook> looks =
        field.near(top, left, (int) box.stop(0), (int) box.stop(1), reach).stream()
            .map(CellLook::new)
            .toList();
    looks.forEach(canvas::drawBody);
    looks.forEach(canvas::drawNucleus);
    looks.forEach(canvas::drawSpots);
    return canvas;
  }

  private static NdArray labels(int[] ids, Shape shape) {
    NdArray array = NdArray.zeros(DataType.UINT32, shape);
    array.buffer().asIntBuffer().put(ids);
    return array;
  }
}
