// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

/**
 * Crops as hyperstacks of ImageJ, of all axes and types there are of them: each value tells its
 * place; pixels are 0.5 x 0.25 micrometre, slices 2.5 apart and time points 3 seconds.
 */
public final class WrittenTiffs {
  private static final List<DataType> TYPES =
      List.of(DataType.BOOL, DataType.UINT8, DataType.UINT16, DataType.FLOAT32);
  private static final List<String> AXES =
      List.of("yx", "cyx", "zyx", "tyx", "czyx", "tcyx", "tczyx");

  private WrittenTiffs() {}

  /** Writes {@code AXES-TYPE.tif} and the same pixels as {@code AXES-TYPE.npy}. */
  public static int create(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Patch> all = all();
    for (Patch patch : all) {
      Files.write(folder.resolve(name(patch) + ".tif"), TiffFormat.encode(patch));
      Files.write(folder.resolve(name(patch) + ".npy"), NpyFormat.encode(patch.pixels()));
    }
    return all.size();
  }

  static String name(Patch patch) {
    return String.join("", patch.axes().names()) + "-" + patch.type();
  }

  static List<Patch> all() {
    List<Patch> all = new ArrayList<>();
    for (String names : AXES) {
      TYPES.forEach(type -> all.add(patch(names, type)));
    }
    return all;
  }

  private static Patch patch(String names, DataType type) {
    List<Axis> axes = new ArrayList<>();
    long[] lengths = new long[names.length()];
    double[] sizes = new double[names.length()];
    for (int i = 0; i < lengths.length; i++) {
      char name = names.charAt(i);
      String text = String.valueOf(name);
      axes.add(
          "zyx".indexOf(name) >= 0
              ? Axis.of(text, "micrometer")
              : name == 't' ? Axis.of(text, "second") : Axis.of(text));
      lengths[i] = "tczyx".indexOf(name) + 2L;
      sizes[i] = new double[] {3, 1, 2.5, 0.25, 0.5}["tczyx".indexOf(name)];
    }
    Axes all = new Axes(axes);
    Shape shape = Shape.of(lengths);
    Patch patch =
        Patch.of(NdArray.zeros(type, shape), all, PixelSize.of(all, sizes), Box.whole(shape));
    for (int at = 0; at < patch.size(); at++) {
      patch.set(at, type == DataType.BOOL ? at % 3 % 2 : at % 251 + (type.isFloat() ? -0.5 : 0));
    }
    return patch;
  }
}
