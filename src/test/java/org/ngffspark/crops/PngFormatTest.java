// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.ngffspark.crops.PngFormat.Samples;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;

class PngFormatTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;

  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static Patch patch(DataType type, long... lengths) {
    NdArray pixels = NdArray.zeros(type, Shape.of(lengths));
    Axes axes = lengths.length == 2 ? Axes.of("y", "x") : Axes.of("c", "z", "y", "x");
    long[] start = new long[lengths.length];
    start[lengths.length > 2 ? 1 : 0] = 3;
    Box box = Box.whole(pixels.shape()).within(Box.of(start, start));
    return Patch.of(pixels, axes, new PixelSize(Map.of()), box);
  }

  @Test
  void everySampleIsWhereItWas() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (Samples samples : Samples.values()) {
      byte[] pixels = new byte[HEIGHT * WIDTH * samples.bytes()];
      random.nextBytes(pixels);
      BufferedImage image = read(PngFormat.encode(WIDTH, HEIGHT, samples, pixels));
      assertThat(image.getWidth()).isEqualTo(WIDTH);
      assertThat(image.getHeight()).isEqualTo(HEIGHT);
      int[] values = image.getRaster().getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
      for (int i = 0; i < values.length; i++) {
        int expected =
            samples == Samples.GREY_16
                ? (pixels[2 * i] & 0xff) << 8 | pixels[2 * i + 1] & 0xff
                : pixels[i] & 0xff;
        assertThat(values[i]).as("%s %d", samples, i).isEqualTo(expected);
      }
    }
  }

  @Test
  void bytesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> PngFormat.encode(2, 2, Samples.GREY_16, new byte[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A picture of 2 x 2 pixels (GREY_16) cannot have 7 bytes");
    assertThatThrownBy(() -> PngFormat.encode(0, 2, Samples.GREY_8, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onePlaneIsOneFile() throws IOException {
    Patch patch = patch(DataType.UINT16, HEIGHT, WIDTH);
    patch.setInteger(WIDTH + 2, 65535);
    Map<String, byte[]> files = new PngPlanes(patch, new int[] {0}).files("a/17");
    assertThat(files).containsOnlyKeys("a/17.png");
    BufferedImage image = read(files.get("a/17.png"));
    assertThat(image.getRaster().getSample(2, 1, 0)).isEqualTo(65535);
    assertThat(image.getSampleModel().getSampleSize(0)).isEqualTo(16);
  }

  @Test
  void planesAreNamedByTheirPlaceInTheImage() throws IOException {
    Patch patch = patch(DataType.UINT8, 2, 2, HEIGHT, WIDTH);
    patch.setInteger(3L * HEIGHT * WIDTH, 200);
    Map<String, byte[]> files = new PngPlanes(patch, new int[] {4, 1}).files("17");
    assertThat(files)
        .containsOnlyKeys("17_c4_z3.png", "17_c4_z4.png", "17_c1_z3.png", "17_c1_z4.png");
    assertThat(read(files.get("17_c1_z4.png")).getRaster().getSample(0, 0, 0)).isEqualTo(200);
    assertThat(read(files.get("17_c4_z4.png")).getRaster().getSample(0, 0, 0)).isZero();
    Patch flat = patch(DataType.UINT8, 2, 1, HEIGHT, WIDTH);
    assertThat(new PngPlanes(flat, new int[] {0, 1}).files("17"))
        .containsOnlyKeys("17_c0.png", "17_c1.png");
  }

  @Test
  void truthIsWhite() throws IOException {
    Patch patch = patch(DataType.BOOL, HEIGHT, WIDTH);
    patch.set(0, 1);
    byte[] file = new PngPlanes(patch, new int[] {0}).files("1").get("1.png");
    assertThat(read(file).getRaster().getSample(0, 0, 0)).isEqualTo(255);
  }

  @Test
  void pixelsThatDoNotFitAreRefused() {
    Patch floats = patch(DataType.FLOAT32, HEIGHT, WIDTH);
    assertThatThrownBy(() -> new PngPlanes(floats, new int[] {0}).files("1"))
        .hasMessage("PNG holds integers of 8 or 16 bits, the pixels are float32; use npy");
    Patch ids = patch(DataType.UINT32, HEIGHT, WIDTH);
    ids.setInteger(4, 65536);
    assertThatThrownBy(() -> new PngPlanes(ids, new int[] {0}).files("1"))
        .hasMessage("PNG holds 0 to 65535, a pixel is 65536; use npy");
    Patch signed = patch(DataType.INT16, HEIGHT, WIDTH);
    signed.setInteger(4, -1);
    assertThatThrownBy(() -> new PngPlanes(signed, new int[] {0}).files("1"))
        .hasMessage("PNG holds 0 to 65535, a pixel is -1; use npy");
  }
}
