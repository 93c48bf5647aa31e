// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.ngffspark.crops.PngFormat.Samples;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;

class PictureReaderTest {
  private static final byte[] SIXTEEN_BIT = {0, 1, 1, 0, (byte) 0xff, (byte) 0xff};

  private static double[] png(byte[] file, int height, int width, DataType type) {
    return new PictureReader("a.png", "png").plane(file, height, width, type);
  }

  @Test
  void whatWeWriteIsReadBack() {
    byte[] file = PngFormat.encode(3, 1, Samples.GREY_16, SIXTEEN_BIT);
    assertThat(png(file, 1, 3, DataType.UINT16)).containsExactly(1, 256, 65535);
    byte[] small = PngFormat.encode(1, 2, Samples.GREY_8, new byte[] {7, (byte) 200});
    assertThat(png(small, 2, 1, DataType.UINT8)).containsExactly(7, 200);
  }

  @Test
  void picturesThatAreNoPlaneOfThePixelsAreRefused() {
    byte[] file = PngFormat.encode(3, 1, Samples.GREY_16, SIXTEEN_BIT);
    assertThatThrownBy(() -> png(file, 3, 1, DataType.UINT16))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("a.png")
        .hasMessageContaining("it has 3 x 1 pixels, the object's box has 1 x 3");
    assertThatThrownBy(() -> png(file, 1, 3, DataType.UINT8))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("samples of 16 bits, the pixels are uint8");
    byte[] small = PngFormat.encode(1, 1, Samples.GREY_8, new byte[1]);
    assertThatThrownBy(() -> png(small, 1, 1, DataType.UINT16))
        .hasMessageContaining("samples of 8 bits, the pixels are uint16");
    byte[] colour = PngFormat.encode(1, 1, Samples.RGB_8, new byte[3]);
    assertThatThrownBy(() -> png(colour, 1, 1, DataType.UINT8))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("it is not grey");
    assertThatThrownBy(() -> png(Arrays.copyOf(file, 40), 1, 3, DataType.UINT16))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> png(new byte[0], 1, 3, DataType.UINT16))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void tiffHoldsFloats() throws IOException {
    WritableRaster raster =
        Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_FLOAT, 2, 1, 1), null);
    raster.setSample(0, 0, 0, -1.5f);
    raster.setSample(1, 0, 0, 1e6f);
    ComponentColorModel grey =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(grey, raster, false, null), "tiff", file)).isTrue();
    assertThat(new PictureReader("a.tif", "tiff").plane(file.toByteArray(), 1, 2, DataType.FLOAT32))
        .containsExactly(-1.5, 1e6);
  }
}
