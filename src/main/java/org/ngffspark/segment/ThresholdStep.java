// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.io.Serializable;
import org.ngffspark.zarr.nd.DataType;

/**
 * A step on the way to the threshold of all values of an image that is looked at tile by tile. What
 * is learnt of tiles adds up, and the next step follows from all of them, so the threshold is the
 * same for any tiling.
 */
sealed interface ThresholdStep extends Serializable {

  /** What is known when a tile has been looked at. */
  ThresholdStep plus(Block tile);

  /** What is known of the tiles of both. */
  ThresholdStep plus(ThresholdStep other);

  /**
   * The step after this one, when all tiles have been looked at.
   *
   * @throws IllegalArgumentException if the method finds no threshold of such values
   */
  ThresholdStep next(ThresholdMethod method, DataType type);

  /** Before anything is known. */
  static ThresholdStep first(DataType type) {
    return !type.isFloat() && type.bytes() <= Short.BYTES
        ? new Counted(ValueCounts.ofIntegers(type))
        : new Ranged(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** How often all tiles are looked at; about, where that depends on the values. */
  static int looks(ThresholdMethod method, DataType type) {
    if (!type.isFloat()) {
      return type.bytes() <= Short.BYTES ? 1 : 2;
    }
    return method == ThresholdMethod.LI ? 4 : 2;
  }

  /**
   * The smallest and the largest value.
   *
   * @param low larger than {@code high} if there is no value
   */
  record Ranged(double low, double high) implements ThresholdStep {
    @Override
    public ThresholdStep plus(Block tile) {
      double[] range = tile.range();
      return plus(new Ranged(range[0], range[1]));
    }

    @Override
    public ThresholdStep plus(ThresholdStep other) {
      Ranged range = (Ranged) other;
      return new Ranged(Math.min(low, range.low), Math.max(high, range.high));
    }

    @Override
    public ThresholdStep next(ThresholdMethod method, DataType type) {
      if (low > high) {
        return Found.NOTHING;
      }
      if (!type.isFloat()) {
        return new Counted(ValueCounts.ofIntegers(low, high));
      }
      return switch (method) {
        case LI -> new InCells(FloatCells.between(low, high, LiOfCells.firstEdges(low, high)));
        case MEAN -> new InCells(FloatCells.between(low, high, new double[0]));
        default -> new Counted(ValueCounts.ofNumbers(low, high));
      };
    }
  }

  /** How often values occur. */
  record Counted(ValueCounts counts) implements ThresholdStep {
    @Override
    public ThresholdStep plus(Block tile) {
      return new Counted(counts.plus(tile));
    }

    @Override
    public ThresholdStep plus(ThresholdStep other) {
      return new Counted(counts.plus(((Counted) other).counts));
    }

    @Override
    public ThresholdStep next(ThresholdMethod method, DataType type) {
      return counts.isEmpty() ? Found.NOTHING : new Found(counts.threshold(method));
    }
  }

  /** Floats in cells. */
  record InCells(FloatCells cells) implements ThresholdStep {
    @Override
    public ThresholdStep plus(Block tile) {
      return new InCells(cells.plus(tile));
    }

    @Override
    public ThresholdStep plus(ThresholdStep other) {
      return new InCells(cells.plus(((InCells) other).cells));
    }

    @Override
    public ThresholdStep next(ThresholdMethod method, DataType type) {
      if (method == ThresholdMethod.MEAN) {
        return new Found(cells.low() + cells.meansFrom()[0]);
      }
      LiOfCells found = new LiOfCells(cells);
      return found.isFound()
          ? new Found(found.threshold())
          : new InCells(cells.between(found.finerEdges()));
    }
  }

  /** The threshold is known. */
  record Found(double threshold) implements ThresholdStep {
    /** Nothing lies above the threshold of no values. */
    static final Found NOTHING = new Found(Double.POSITIVE_INFINITY);

    @Override
    public ThresholdStep plus(Block tile) {
      return this;
    }

    @Override
    public ThresholdStep plus(ThresholdStep other) {
      return this;
    }

    @Override
    public ThresholdStep next(ThresholdMethod method, DataType type) {
      return this;
    }
  }
}
