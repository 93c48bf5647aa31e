// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;

/** Reads grey pictures with the readers of the JDK. */
final class PictureReader {
  private final String location;
  private final String format;

  /**
   * @param location of the file, for errors
   * @param format as the JDK names it: {@code png}, {@code tiff}
   */
  PictureReader(String location, String format) {
    this.location = location;
    this.format = format;
  }

  /** The pixels of the only picture of a file; as {@link #planes}. */
  double[] plane(byte[] file, int height, int width, DataType type) {
    return planes(file, 1, height, width, type).get(0);
  }

  /**
   * The pixels of the pictures of a file, in their order, row by row.
   *
   * @param count how many there are
   * @param type of the pixels that they are to become
   * @throws FormatException if it has no such pictures, or others than so many, or one is not grey,
   *     has another size, or samples that are neither those of {@code type} nor floats
   */
  List<double[]> planes(byte[] file, int count, int height, int width, DataType type) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new IllegalStateException("This Java reads no " + format);
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, false, true);
      requireSize(reader, 0, height, width);
      if (reader.getNumImages(true) != count) {
        throw problem("it holds " + reader.getNumImages(true) + " pictures, expected " + count);
      }
      List<double[]> planes = new ArrayList<>();
      for (int plane = 0; plane < count; plane++) {
        requireSize(reader, plane, height, width);
        planes.add(samples(reader.read(plane), type));
      }
      return planes;
    } catch (IOException | RuntimeException broken) {
      if (broken instanceof FormatException clear) {
        throw clear;
      }
      throw new FormatException(
          location, "it cannot be read as " + format + ": " + broken.getMessage(), broken);
    } finally {
      reader.dispose();
    }
  }

  private void requireSize(ImageReader reader, int plane, int height, int width)
      throws IOException {
    if (reader.getWidth(plane) != width || reader.getHeight(plane) != height) {
      throw problem(
          "it has %d x %d pixels, the object's box has %d x %d"
              .formatted(reader.getWidth(plane), reader.getHeight(plane), width, height));
    }
  }

  private double[] samples(BufferedImage picture, DataType type) {
    Raster raster = picture.getRaster();
    if (raster.getNumBands() != 1 || picture.getColorModel() instanceof IndexColorModel) {
      throw problem("it is not grey");
    }
    int bits = picture.getSampleModel().getSampleSize(0);
    if (!fits(raster.getDataBuffer().getDataType(), bits, type)) {
      throw problem(
          "it has samples of " + bits + " bits, the pixels are " + type + "; use npy for others");
    }
    return raster.getSamples(
        raster.getMinX(),
        raster.getMinY(),
        raster.getWidth(),
        raster.getHeight(),
        0,
        (double[]) null);
  }

  /** As {@link PngPlanes} writes them; of the JDK's readers none tells signed from unsigned. */
  private static boolean fits(int samples, int bits, DataType type) {
    return switch (samples) {
      case DataBuffer.TYPE_BYTE -> bits == 8 && type.bytes() == 1 && type != DataType.INT8;
      case DataBuffer.TYPE_USHORT -> type.isInteger() && type != DataType.UINT8;
      case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> true;
      default -> false;
    };
  }

  private FormatException problem(String what) {
    return new FormatException(location, what);
  }
}
