// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.Arrays;

/**
 * Light and labels of one tile, before the camera. What a pixel gets depends on the cells that
 * cover it and on their order only, so that tiles fit together.
 */
final class Canvas {
  private static final double BODY_EDGE = 7;
  private static final double NUCLEUS_EDGE = 3.5;

  final int top;
  final int left;
  final int height;
  final int width;
  final float[] dapi;
  final float[] gfp;
  final float[] rfp;
  final int[] nuclei;
  final int[] cells;
  private final float[] nucleusRatio;
  private final float[] bodyRatio;
  private final Texture texture;

  Canvas(int top, int left, int height, int width, Texture texture) {
    this.top = top;
    this.left = left;
    this.height = height;
    this.width = width;
    this.texture = texture;
    int pixels = height * width;
    this.dapi = new float[pixels];
    this.gfp = new float[pixels];
    this.rfp = new float[pixels];
    this.nuclei = new int[pixels];
    this.cells = new int[pixels];
    this.nucleusRatio = new float[pixels];
    this.bodyRatio = new float[pixels];
    Arrays.fill(nucleusRatio, 1);
    Arrays.fill(bodyRatio, 1);
  }

  /** The pixels of this tile within {@code reach} of a centre. */
  private interface PixelVisitor {
    void visit(int pixel, double dy, double dx);
  }

  private void around(double y, double x, double reach, PixelVisitor visitor) {
    int firstRow = Math.max(top, (int) Math.floor(y - reach));
    int lastRow = Math.min(top + height - 1, (int) Math.ceil(y + reach));
    int firstColumn = Math.max(left, (int) Math.floor(x - reach));
    int lastColumn = Math.min(left + width - 1, (int) Math.ceil(x + reach));
    for (int row = firstRow; row <= lastRow; row++) {
      int pixel = (row - top) * width + firstColumn - left;
      for (int column = firstColumn; column <= lastColumn; column++) {
        visitor.visit(pixel++, row - y, column - x);
      }
    }
  }

  /** Cytoplasm; where bodies meet, the nearer one wins. */
  void drawBody(CellLook look) {
    Cell cell = look.cell;
    around(
        cell.y(),
        cell.x(),
        1.5 * look.body.radius(),
        (pixel, dy, dx) -> {
          double ratio = look.body.ratio(dy, dx);
          if (ratio >= bodyRatio[pixel]) {
            return;
          }
          bodyRatio[pixel] = (float) ratio;
          cells[pixel] = cell.cellId();
          double along = look.cosine * dx + look.sine * dy;
          double across = look.cosine * dy - look.sine * dx;
          double fibres = texture.at(look.originY + 0.9 * across, look.originX + 0.22 * along);
          double light = smooth((1 - ratio) * look.body.radius() / BODY_EDGE);
          gfp[pixel] =
              (float)
                  (look.cytoplasm
                      * light
                      * Math.max(0.15, 1 + 0.4 * fibres)
                      * (1.15 - 0.5 * ratio));
          rfp[pixel] = (float) (35 * light + 0.06 * gfp[pixel]);
        });
  }

  /** Nucleus; it lies over all bodies, and belongs to its own. */
  void drawNucleus(CellLook look) {
    Cell cell = look.cell;
    around(
        cell.y(),
        cell.x(),
        1.25 * look.nucleus.radius() + NUCLEUS_EDGE,
        (pixel, dy, dx) -> {
          double ratio = look.nucleus.ratio(dy, dx);
          double light = smooth((1 - ratio) * look.nucleus.radius() / NUCLEUS_EDGE + 0.5);
          if (light > 0) {
            double grain = texture.at(look.originX + 0.6 * dy, look.originY + 0.6 * dx);
            double dome = 1.05 - 0.3 * Math.min(1, ratio * ratio);
            float bright =
                (float) (look.chromatin * light * dome * Math.max(0.2, 1 + 0.16 * grain));
            dapi[pixel] = Math.max(dapi[pixel], bright);
            gfp[pixel] *= (float) (1 - 0.62 * light);
          }
          if (ratio < nucleusRatio[pixel]) {
            nucleusRatio[pixel] = (float) ratio;
            nuclei[pixel] = cell.nucleusId();
            cells[pixel] = cell.cellId();
          }
        });
  }

  /** Chromocentres and puncta. */
  void drawSpots(CellLook look) {
    for (CellLook.Spot spot : look.foci) {
      drawSpot(spot, dapi);
    }
    for (CellLook.Spot spot : look.puncta) {
      drawSpot(spot, rfp);
    }
  }

  private void drawSpot(CellLook.Spot spot, float[] channel) {
    double scale = -0.5 / (spot.sigma() * spot.sigma());
    around(
        spot.y(),
        spot.x(),
        3.5 * spot.sigma(),
        (pixel, dy, dx) ->
            channel[pixel] += (float) (spot.peak() * Math.exp(scale * (dy * dy + dx * dx))));
  }

  private static double smooth(double t) {
    double clamped = Math.max(0, Math.min(1, t));
    return clamped * clamped * (3 - 2 * clamped);
  }
}
