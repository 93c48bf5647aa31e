// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.Map;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.DataType;

/** How the pixels of one object become files. */
public enum CropFormat {
  /** One array of numpy, all axes as on disk. */
  NPY {
    @Override
    Map<String, byte[]> files(String name, Patch patch, int[] channels) {
      return Map.of(name + ".npy", NpyFormat.encode(patch.pixels()));
    }
  },

  /** One grey picture for each plane of y and x: 8 bit for bool and uint8, else 16 bit. */
  PNG {
    @Override
    public void requireHolds(DataType type) {
      if (type.isFloat()) {
        throw new IllegalArgumentException(
            "PNG files hold whole numbers, and the pixels are " + type + "; use --format npy");
      }
    }

    @Override
    Map<String, byte[]> files(String name, Patch patch, int[] channels) {
      return new PngPlanes(patch, channels).files(name);
    }
  },

  /** One hyperstack of ImageJ with channels, z, t and pixel size; bool becomes 0 and 1. */
  TIFF {
    @Override
    public void requireHolds(DataType type) {
      TiffFormat.requireHolds(type);
    }

    @Override
    Map<String, byte[]> files(String name, Patch patch, int[] channels) {
      return Map.of(name + ".tif", TiffFormat.encode(patch));
    }
  };

  /**
   * @throws IllegalArgumentException if the format holds no pixels of this type
   */
  public void requireHolds(DataType type) {}

  /**
   * The content of each file by its name.
   *
   * @param name without extension
   * @param channels indices in the image of the patch's channels
   * @throws IllegalArgumentException if the format does not hold the pixels
   */
  abstract Map<String, byte[]> files(String name, Patch patch, int[] channels);
}
