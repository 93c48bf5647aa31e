// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** How files become the pixels of an object. */
public enum PastedFormat {
  /** One array of numpy in the shape of the object's box. */
  NPY("npy") {
    @Override
    List<String> names(String id, PlaneNames planes) {
      return List.of(id + ".npy");
    }

    @Override
    void read(List<StorePath> files, Patch into) {
      StorePath file = files.get(0);
      NdArray pixels = new NpyReader(file.toString(), bytes(file)).array();
      if (!pixels.shape().equals(into.shape())) {
        throw new FormatException(
            file.toString(),
            "its shape is " + pixels.shape() + ", that of the object's box " + into.shape());
      }
      if (pixels.type() == into.type()) {
        into.pixels().copyFrom(pixels);
      } else {
        convert(pixels, into);
      }
    }

    private static void convert(NdArray pixels, Patch into) {
      double[] values = new double[into.size()];
      Elements.of(pixels.type()).read(pixels.bytes(), 0, values.length, values, 0);
      into.write(0, values.length, values, 0);
    }
  },

  /** Grey pictures, one for each plane of y and x. */
  PNG("png"),

  /** As PNG, also of floats. */
  TIFF("tif"),

  /**
   * All planes in one file, as {@code crops} writes TIFF and ImageJ saves it: c, then z, then t.
   */
  HYPERSTACK("tif") {
    @Override
    List<String> names(String id, PlaneNames planes) {
      return List.of(id + ".tif");
    }

    @Override
    void read(List<StorePath> files, Patch into) {
      StorePath file = files.get(0);
      List<Integer> order = TiffFormat.order(into);
      int pixels = into.size() / order.size();
      int width = (int) into.shape().get(into.shape().rank() - 1);
      List<double[]> planes =
          new PictureReader(file.toString(), "tiff")
              .planes(bytes(file), order.size(), pixels / width, width, into.type());
      for (int page = 0; page < order.size(); page++) {
        into.write(order.get(page) * pixels, pixels, planes.get(page), 0);
      }
    }
  };

  private final String extension;

  PastedFormat(String extension) {
    this.extension = extension;
  }

  /** The format in which {@code crops} has written. */
  static PastedFormat of(CropFormat format) {
    return switch (format) {
      case NPY -> NPY;
      case PNG -> PNG;
      case TIFF -> HYPERSTACK;
    };
  }

  /** What names of files end in, after a dot. */
  String extension() {
    return extension;
  }

  /** The names of an object's files. */
  List<String> names(String id, PlaneNames planes) {
    return planes.of(id).stream().map(name -> name + "." + extension).toList();
  }

  /**
   * Reads the pixels of an object; values that its type does not hold are rounded half to even and
   * saturate.
   *
   * @param files all of {@link #names}, in their order
   * @throws FormatException if a file is not there, damaged, or does not fit
   */
  void read(List<StorePath> files, Patch into) {
    int height = (int) into.shape().get(into.shape().rank() - 2);
    int width = (int) into.shape().get(into.shape().rank() - 1);
    String format = name().toLowerCase(Locale.ROOT);
    for (int plane = 0; plane < files.size(); plane++) {
      StorePath file = files.get(plane);
      double[] values =
          new PictureReader(file.toString(), format).plane(bytes(file), height, width, into.type());
      into.write(plane * values.length, values.length, values, 0);
    }
  }

  private static byte[] bytes(StorePath file) {
    ByteBuffer content =
        file.store()
            .read(file.path())
            .orElseThrow(() -> new FormatException(file.toString(), "there is no such file"));
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }
}
