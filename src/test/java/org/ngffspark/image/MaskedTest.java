// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

class MaskedTest {
  private static final double[] ZOOMS = {1, 2, 1.5, 0.5};

  private static TestContainer anyKind(SplittableRandom random, long seed) {
    TestContainer plane = TestContainer.plane().withSeed(seed);
    TestContainer kind =
        switch (random.nextInt(5)) {
          case 0 -> plane;
          case 1 -> plane.withVersion(NgffVersion.V0_5);
          case 2 -> plane.withShards(Shape.of(2, 32, 40));
          case 3 -> plane.withAxes(Axes.of("y", "x"), Shape.of(40, 37), Shape.of(16, 16));
          default ->
              plane.withAxes(
                  Axes.of("t", "c", "z", "y", "x"),
                  Shape.of(2, 2, 3, 20, 22),
                  Shape.of(1, 1, 2, 8, 9));
        };
    DataType[] types = {DataType.UINT8, DataType.UINT16, DataType.INT32, DataType.FLOAT64};
    return kind.withType(types[random.nextInt(types.length)]);
  }

  private static ChannelSelection anyChannels(SplittableRandom random, Image image) {
    if (image.channels().size() == 1) {
      return ChannelSelection.all();
    }
    return switch (random.nextInt(4)) {
      case 0 -> ChannelSelection.all();
      case 1 -> ChannelSelection.indices(1, 0);
      case 2 -> ChannelSelection.indices(1);
      default -> ChannelSelection.labels("channel A");
    };
  }

  /** Pastes by asking every pixel of the level: is it in the box, the channels, the mask? */
  private static NdArray slowlyWritten(
      ImageLevel image, Label label, long id, MaskedReader reader, Box box, NdArray patch) {
    NdArray after = image.read().pixels();
    Patch ids = label.read();
    int width = after.type().bytes();
    int c = image.axes().index(AxisName.C).orElse(-1);
    for (int flat = 0; flat < after.shape().elements(); flat++) {
      long[] index = unravel(flat, after.shape());
      int inPatch = 0;
      int inLabel = 0;
      boolean inside = true;
      for (int axis = 0; axis < index.length; axis++) {
        long place = index[axis] - box.start(axis);
        if (axis == c) {
          place = IntStream.of(reader.channels()).boxed().toList().indexOf((int) index[axis]);
          inside &= place >= 0;
        } else {
          inside &= place >= 0 && index[axis] < box.stop(axis);
          inLabel = (int) (inLabel * after.shape().get(axis) + index[axis]);
        }
        inPatch = (int) (inPatch * patch.shape().get(axis) + place);
      }
      if (inside && ids.integer(inLabel) == id) {
        System.arraycopy(patch.bytes(), inPatch * width, after.bytes(), flat * width, width);
      }
    }
    return after;
  }

  private static long[] unravel(int flat, Shape shape) {
    long[] index = new long[shape.rank()];
    long rest = flat;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return index;
  }

  @Test
  void objectsOfImagesAndLabelImagesKnowTheirImage() {
    Container container = TestContainer.plane().create();
    String place = container.path().toString();
    assertThat(container.maskedImage("nuclei").read(1).image()).isEqualTo(place);
    assertThat(container.maskedImage("nuclei").channels(0).read(1).unmasked().image())
        .isEqualTo(place);
    assertThat(container.maskedLabel("cells", "nuclei").read(1).image()).isEqualTo(place);
  }

  @Test
  void aMaskedWriteChangesThePixelsOfTheObjectAndNoOthers() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Masked masked = anyKind(random, seed).create().maskedImage("nuclei");
      MaskingRois rois = masked.rois();
      for (int object = 0; object < Math.min(6, rois.size()); object++) {
        long id = rois.label(random.nextInt(rois.size()));
        double zoom = ZOOMS[random.nextInt(ZOOMS.length)];
        ChannelSelection channels = anyChannels(random, (Image) masked.level());
        Patch patch = masked.zoom(zoom).channels(channels).getRoi(id);
        random.nextBytes(patch.pixels().bytes());
        Box box = rois.roi(id).zoom(zoom).toBox(masked.level().grid());
        NdArray expected =
            slowlyWritten(
                masked.level(),
                masked.label(),
                id,
                masked.channels(channels).reader(),
                box,
                patch.pixels());
        masked.zoom(zoom).channels(channels).setRoiMasked(id, patch);
        assertThat(masked.level().read().pixels().bytes())
            .as("seed %d, object %d, zoom %s, %s, %s", seed, id, zoom, channels, masked)
            .isEqualTo(expected.bytes());
      }
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Masked masked = anyKind(random, seed).create().maskedImage("cells");
      long id = masked.rois().label(random.nextInt(masked.rois().size()));
      ChannelSelection channels = anyChannels(random, (Image) masked.level());
      Patch patch = masked.zoom(1.5).channels(channels).getRoi(id);
      random.nextBytes(patch.pixels().bytes());
      masked.zoom(1.5).channels(channels).setRoi(id, patch);
      assertThat(masked.zoom(1.5).channels(channels).getRoi(id).pixels().bytes())
          .as("seed %d", seed)
          .isEqualTo(patch.pixels().bytes());
      MaskedPatch object = masked.zoom(1.5).channels(channels).read(id);
      NdArray around = masked.zoom(1.5).channels(channels).getRoiMasked(id).pixels();
      NdArray expected = NdArray.zeros(around.type(), around.shape());
      object.mask().paste(patch.pixels(), expected);
      assertThat(around.bytes()).as("seed %d", seed).isEqualTo(expected.bytes());
    }
  }

  @Test
  void oneChannelKeepsItsAxisAndChannelsComeInTheOrderAsked() {
    Masked masked = TestContainer.plane().create().maskedImage("nuclei");
    long id = masked.rois().label(0);
    Patch both = masked.getRoi(id);
    Patch swapped = masked.channels(1, 0, 1).getRoi(id);
    Patch second = masked.channels("channel B").getRoi(id);
    Shape one = both.shape().with(0, 1);
    assertThat(second.shape()).isEqualTo(one);
    assertThat(swapped.shape()).isEqualTo(both.shape().with(0, 3));
    for (int place : new int[] {0, 2}) {
      Box channel = Box.whole(swapped.shape()).with(0, place, place + 1);
      assertThat(swapped.pixels().cut(channel).bytes()).isEqualTo(second.pixels().bytes());
    }
    assertThat(masked.channels(1, 0).read(id).channelNames())
        .containsExactly("channel B", "channel A");
  }

  @Test
  void aPatchOfAnotherShapeOrTypeIsRefusedWithBoth() {
    Masked masked = TestContainer.plane().create().maskedImage("nuclei");
    long id = masked.rois().label(0);
    Patch all = masked.getRoi(id);
    assertThatThrownBy(() -> masked.channels(0).setRoiMasked(id, all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Patch is uint16" + all.shape())
        .hasMessageContaining("is uint16" + all.shape().with(0, 1));
    Patch bytes =
        Patch.of(
            NdArray.zeros(DataType.UINT8, all.shape()), all.axes(), all.pixelSize(), all.box());
    assertThatThrownBy(() -> masked.setRoi(id, bytes))
        .hasMessageContaining("Patch is uint8")
        .hasMessageContaining("is uint16");
  }

  @Test
  void anObjectOrChannelThatIsNotThereIsNamed() {
    Masked masked = TestContainer.plane().create().maskedImage("nuclei");
    assertThatThrownBy(() -> masked.getRoi(0)).hasMessageContaining("No object 0");
    assertThatThrownBy(() -> masked.getRoiMasked(4711)).hasMessageContaining("No object 4711");
    long id = masked.rois().label(0);
    assertThatThrownBy(() -> masked.channels("GFP").getRoi(id))
        .hasMessageContaining("No channel 'GFP'")
        .hasMessageContaining("[channel A, channel B]");
    assertThatThrownBy(() -> masked.channels(2).getRoi(id)).hasMessageContaining("No channel 2");
    assertThatThrownBy(() -> masked.channels(-1).getRoi(id)).hasMessageContaining("No channel -1");
    Patch twice = masked.channels(1, 1).getRoi(id);
    assertThatThrownBy(() -> masked.channels(1, 1).setRoiMasked(id, twice))
        .hasMessageContaining("[1, 1]");
  }

  @Test
  void aMaskedWriteTouchesTheUnitsOfTheObjectOnceEach() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    Masked masked = TestContainer.plane().create(StorePath.root(store)).maskedImage("nuclei");
    long id = masked.rois().label(0);
    Patch patch = masked.getRoi(id);
    Box box = masked.read(id).mask().bounds().within(patch.box());
    store.log().clear();
    masked.setRoiMasked(id, patch);
    assertThat(store.log().keys(StoreOperation.Kind.WRITE))
        .containsExactlyElementsOf(
            masked.level().array().writeUnits().touching(box).stream()
                .map(masked.level().array()::key)
                .toList());
    assertThat(store.log().keys(StoreOperation.Kind.READ))
        .filteredOn(key -> !key.startsWith("labels/"))
        .isEqualTo(store.log().keys(StoreOperation.Kind.WRITE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threadsThatWriteDifferentObjectsLoseNothing(boolean sharded) {
    TestContainer plane =
        sharded ? TestContainer.plane().withShards(Shape.of(1, 48, 60)) : TestContainer.plane();
    for (long seed = 0; seed < 5; seed++) {
      Container container = plane.withSeed(seed).create();
      Masked masked = container.maskedImage("nuclei");
      NdArray before = masked.level().read().pixels();
      LongStream.of(masked.rois().labels())
          .parallel()
          .forEach(
              id -> {
                Patch patch = masked.getRoi(id);
                for (int i = 0; i < patch.size(); i++) {
                  patch.set(i, id);
                }
                masked.setRoiMasked(id, patch);
              });
      Patch after = masked.level().read();
      Patch ids = masked.label().read();
      for (int flat = 0; flat < after.size(); flat++) {
        long id = ids.integer(flat % ids.size());
        assertThat(after.integer(flat))
            .as("seed %d, pixel %d", seed, flat)
            .isEqualTo(id > 0 ? id : before.buffer().getShort(2 * flat) & 0xffff);
      }
    }
  }

  @Test
  void aZoomIsThatOfTheTableAndNotOfTheViewBefore() {
    Masked masked = TestContainer.plane().create().maskedImage("nuclei");
    long id = masked.rois().label(0);
    assertThat(masked.zoom(3).zoom(2).getRoi(id).box()).isEqualTo(masked.zoom(2).getRoi(id).box());
    assertThat(masked.zoom(2).getRoi(id).box()).isNotEqualTo(masked.getRoi(id).box());
    for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> masked.zoom(factor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got " + factor);
    }
  }

  @Test
  void anObjectIsReadOnlyAndWhatIsReadWithoutItsMaskIsNot() {
    Masked masked = TestContainer.plane().create().maskedImage("nuclei");
    long id = masked.rois().label(0);
    MaskedPatch object = masked.read(id);
    for (Patch patch : new Patch[] {object.patch(), object.labels(), object.unmasked().patch()}) {
      assertThatThrownBy(() -> patch.set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
    }
    for (Patch patch : new Patch[] {masked.getRoi(id), masked.getRoiMasked(id), object.masked()}) {
      patch.set(0, 1);
      assertThat(patch.value(0)).isEqualTo(1);
    }
  }

  @Test
  void aLabelImageHasNoChannelsToChoose() {
    Masked masked = TestContainer.plane().create().maskedLabel("cells", "nuclei");
    assertThatThrownBy(() -> masked.channels("channel A"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label cells level 0")
        .hasMessageContaining("channel A");
  }

  @Test
  void aMaskedLabelIsWrittenInsideTheObjectsOfAnotherLabel() {
    Container container = TestContainer.plane().create();
    Masked masked = container.maskedLabel("cells", "nuclei");
    Patch cells = masked.level().read();
    Patch nuclei = container.label("nuclei").read();
    long id = masked.rois().label(1);
    Patch patch = masked.zoom(2).getRoi(id);
    for (int i = 0; i < patch.size(); i++) {
      patch.setInteger(i, 3_000_000_000L);
    }
    masked.zoom(2).setRoiMasked(id, patch);
    Patch after = masked.level().read();
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.integer(i))
          .isEqualTo(nuclei.integer(i) == id ? 3_000_000_000L : cells.integer(i));
    }
  }
}
