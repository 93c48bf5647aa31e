// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.measure.Calibration;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Axis;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class TiffFormatTest {
  /** Two times, three channels, two slices of 5 x 7: each value tells its place. */
  private static Patch patch(DataType type) {
    Shape shape = Shape.of(2, 3, 2, 5, 7);
    Axes axes = micrometers();
    Patch patch =
        Patch.of(
            NdArray.zeros(type, shape),
            axes,
            PixelSize.of(axes, 1, 1, 2.5, 0.25, 0.5),
            Box.whole(shape));
    for (int at = 0; at < patch.size(); at++) {
      patch.set(at, at % 251);
    }
    return patch;
  }

  private static Axes micrometers() {
    return new Axes(
        Stream.of("t", "c", "z", "y", "x")
            .map(name -> "zyx".contains(name) ? Axis.of(name, "micrometer") : Axis.of(name))
            .toList());
  }

  @Test
  void everyPlaneIsAPageChannelsFirst() throws IOException {
    for (DataType type : new DataType[] {DataType.UINT8, DataType.UINT16, DataType.FLOAT32}) {
      Patch patch = patch(type);
      try (ImageInputStream stream = stream(TiffFormat.encode(patch))) {
        ImageReader reader = reader(stream);
        assertThat(reader.getNumImages(true)).isEqualTo(12);
        int page = 0;
        for (int t = 0; t < 2; t++) {
          for (int z = 0; z < 2; z++) {
            for (int c = 0; c < 3; c++) {
              Raster raster = reader.read(page++).getRaster();
              assertThat(raster.getWidth()).isEqualTo(7);
              assertThat(raster.getSampleDouble(6, 4, 0)).isEqualTo(patch.at(t, c, z, 4, 6));
              assertThat(raster.getSampleDouble(1, 0, 0)).isEqualTo(patch.at(t, c, z, 0, 1));
            }
          }
        }
        reader.dispose();
      }
    }
  }

  @Test
  void imageJReadsAxesAndPixelSize() throws IOException {
    byte[] file = TiffFormat.encode(patch(DataType.UINT16));
    assertThat(new String(file, StandardCharsets.ISO_8859_1))
        .contains("ImageJ=")
        .contains("images=12\nchannels=3\nslices=2\nframes=2\nhyperstack=true\n")
        .contains("unit=micron\nspacing=2.5\nfinterval=1.0\n");
    try (ImageInputStream stream = stream(file)) {
      ImageReader reader = reader(stream);
      IIOMetadataNode tree =
          (IIOMetadataNode) reader.getImageMetadata(11).getAsTree("javax_imageio_tiff_image_1.0");
      assertThat(rational(tree, "282")).isEqualTo("2/1");
      assertThat(rational(tree, "283")).isEqualTo("4/1");
      reader.dispose();
    }
  }

  private static String rational(IIOMetadataNode tree, String tag) {
    var fields = tree.getElementsByTagName("TIFFField");
    for (int i = 0; i < fields.getLength(); i++) {
      IIOMetadataNode field = (IIOMetadataNode) fields.item(i);
      if (field.getAttribute("number").equals(tag)) {
        return ((IIOMetadataNode) field.getElementsByTagName("TIFFRational").item(0))
            .getAttribute("value");
      }
    }
    throw new AssertionError("No field " + tag);
  }

  static List<Patch> crops() {
    return WrittenTiffs.all();
  }

  @ParameterizedTest
  @MethodSource("crops")
  void whatImageJSavesIsReadIntoItsPlaces(Patch patch) {
    ImagePlus image =
        new Opener().openTiff(new ByteArrayInputStream(TiffFormat.encode(patch)), "crop");
    StorePath folder = StorePath.root(new MemoryStore());
    folder.store().write("7.tif", ByteBuffer.wrap(new FileSaver(image).serialize()));
    Patch read = patch.copy();
    read.pixels().fill(0);
    PastedFormat.HYPERSTACK.read(List.of(folder.child("7.tif")), read);
    assertThat(read.pixels().bytes()).isEqualTo(patch.pixels().bytes());
  }

  @ParameterizedTest
  @MethodSource("crops")
  void imageJOpensThePlanesAtTheirPlacesWithTheirSizes(Patch patch) {
    ImagePlus image =
        new Opener().openTiff(new ByteArrayInputStream(TiffFormat.encode(patch)), "crop");
    assertThat(image.getNChannels()).isEqualTo(length(patch, AxisName.C));
    assertThat(image.getNSlices()).isEqualTo(length(patch, AxisName.Z));
    assertThat(image.getNFrames()).isEqualTo(length(patch, AxisName.T));
    Calibration sizes = image.getCalibration();
    assertThat(sizes.getUnit()).isIn("micron", "µm");
    assertThat(sizes.pixelWidth).isEqualTo(0.5);
    assertThat(sizes.pixelHeight).isEqualTo(0.25);
    assertThat(sizes.pixelDepth).isEqualTo(patch.axes().has(AxisName.Z) ? 2.5 : 1);
    assertThat(sizes.frameInterval).isEqualTo(patch.axes().has(AxisName.T) ? 3 : 0);
    for (int at = 0; at < patch.size(); at++) {
      Map<AxisName, Integer> place = place(patch, at);
      int plane =
          image.getStackIndex(
              place.getOrDefault(AxisName.C, 0) + 1,
              place.getOrDefault(AxisName.Z, 0) + 1,
              place.getOrDefault(AxisName.T, 0) + 1);
      assertThat(
              image
                  .getStack()
                  .getProcessor(plane)
                  .getf(place.get(AxisName.X), place.get(AxisName.Y)))
          .as("%s at %s", WrittenTiffs.name(patch), place)
          .isEqualTo((float) patch.value(at));
    }
  }

  private static int length(Patch patch, AxisName axis) {
    return patch.axes().has(axis) ? patch.length(axis) : 1;
  }

  private static Map<AxisName, Integer> place(Patch patch, int index) {
    Map<AxisName, Integer> place = new EnumMap<>(AxisName.class);
    int rest = index;
    for (int axis = patch.axes().rank() - 1; axis >= 0; axis--) {
      AxisName name = patch.axes().name(axis);
      place.put(name, rest % patch.length(name));
      rest /= patch.length(name);
    }
    return place;
  }

  @Test
  void otherTypesAreRefused() {
    assertThatThrownBy(() -> TiffFormat.encode(patch(DataType.UINT32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the pixels are uint32; use --format npy");
  }

  private static ImageInputStream stream(byte[] file) throws IOException {
    return ImageIO.createImageInputStream(new ByteArrayInputStream(file));
  }

  private static ImageReader reader(ImageInputStream stream) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    reader.setInput(stream);
    return reader;
  }
}
