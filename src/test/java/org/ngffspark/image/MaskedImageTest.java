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
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

class MaskedImageTest {
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
      Image image, Label label, long id, MaskedReader reader, Box box, NdArray patch) {
    NdArray after = image.read().pixels();
    Patch ids = label.read();
    int width = after.type().bytes();
    int c = image.axes().index("c").orElse(-1);
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
  void aMaskedWriteChangesThePixelsOfTheObjectAndNoOthers() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MaskedImage masked = anyKind(random, seed).create().maskedImage("nuclei");
      MaskingRois rois = masked.rois();
      for (int object = 0; object < Math.min(6, rois.size()); object++) {
        long id = rois.label(random.nextInt(rois.size()));
        double zoom = ZOOMS[random.nextInt(ZOOMS.length)];
        ChannelSelection channels = anyChannels(random, masked.image());
        Patch patch = masked.getRoi(id, zoom, channels);
        random.nextBytes(patch.pixels().bytes());
        Box box = rois.roi(id).zoom(zoom).toBox(masked.image().grid());
        NdArray expected =
            slowlyWritten(
                masked.image(), masked.label(), id, masked.reader(channels), box, patch.pixels());
        masked.setRoiMasked(id, zoom, channels, patch);
        assertThat(masked.image().read().pixels().bytes())
            .as("seed %d, object %d, zoom %s, %s, %s", seed, id, zoom, channels, masked)
            .isEqualTo(expected.bytes());
      }
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MaskedImage masked = anyKind(random, seed).create().maskedImage("cells");
      long id = masked.rois().label(random.nextInt(masked.rois().size()));
      ChannelSelection channels = anyChannels(random, masked.image());
      Patch patch = masked.getRoi(id, 1.5, channels);
      random.nextBytes(patch.pixels().bytes());
      masked.setRoi(id, 1.5, channels, patch);
      assertThat(masked.getRoi(id, 1.5, channels).pixels().bytes())
          .as("seed %d", seed)
          .isEqualTo(patch.pixels().bytes());
      MaskedPatch object = masked.read(id, 1.5, channels);
      NdArray around = masked.getRoiMasked(id, 1.5, channels).pixels();
      NdArray expected = NdArray.zeros(around.type(), around.shape());
      object.mask().paste(patch.pixels(), expected);
      assertThat(around.bytes()).as("seed %d", seed).isEqualTo(expected.bytes());
    }
  }

  @Test
  void oneChannelKeepsItsAxisAndChannelsComeInTheOrderAsked() {
    MaskedImage masked = TestContainer.plane().create().maskedImage("nuclei");
    long id = masked.rois().label(0);
    Patch both = masked.getRoi(id);
    Patch swapped = masked.getRoi(id, 1, ChannelSelection.indices(1, 0, 1));
    Patch second = masked.getRoi(id, 1, ChannelSelection.labels("channel B"));
    Shape one = both.shape().with(0, 1);
    assertThat(second.shape()).isEqualTo(one);
    assertThat(swapped.shape()).isEqualTo(both.shape().with(0, 3));
    for (int place : new int[] {0, 2}) {
      Box channel = Box.whole(swapped.shape()).with(0, place, place + 1);
      assertThat(swapped.pixels().cut(channel).bytes()).isEqualTo(second.pixels().bytes());
    }
    assertThat(masked.read(id, 1, ChannelSelection.indices(1, 0)).channelNames())
        .containsExactly("channel B", "channel A");
  }

  @Test
  void aPatchOfAnotherShapeOrTypeIsRefusedWithBoth() {
    MaskedImage masked = TestContainer.plane().create().maskedImage("nuclei");
    long id = masked.rois().label(0);
    Patch all = masked.getRoi(id);
    assertThatThrownBy(() -> masked.setRoiMasked(id, 1, ChannelSelection.indices(0), all))
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
    MaskedImage masked = TestContainer.plane().create().maskedImage("nuclei");
    assertThatThrownBy(() -> masked.getRoi(0)).hasMessageContaining("No object 0");
    assertThatThrownBy(() -> masked.getRoiMasked(4711)).hasMessageContaining("No object 4711");
    long id = masked.rois().label(0);
    assertThatThrownBy(() -> masked.getRoi(id, 1, ChannelSelection.labels("GFP")))
        .hasMessageContaining("No channel 'GFP'")
        .hasMessageContaining("[channel A, channel B]");
    assertThatThrownBy(() -> masked.getRoi(id, 1, ChannelSelection.indices(2)))
        .hasMessageContaining("No channel 2");
    assertThatThrownBy(() -> masked.getRoi(id, 1, ChannelSelection.indices(-1)))
        .hasMessageContaining("No channel -1");
    Patch twice = masked.getRoi(id, 1, ChannelSelection.indices(1, 1));
    assertThatThrownBy(() -> masked.setRoiMasked(id, 1, ChannelSelection.indices(1, 1), twice))
        .hasMessageContaining("[1, 1]");
  }

  @Test
  void aMaskedWriteTouchesTheUnitsOfTheObjectOnceEach() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    MaskedImage masked = TestContainer.plane().create(StorePath.root(store)).maskedImage("nuclei");
    long id = masked.rois().label(0);
    Patch patch = masked.getRoi(id);
    Box box = masked.read(id).mask().bounds().within(patch.box());
    store.log().clear();
    masked.setRoiMasked(id, patch);
    assertThat(store.log().keys(StoreOperation.Kind.WRITE))
        .containsExactlyElementsOf(
            masked.image().array().writeUnits().touching(box).stream()
                .map(masked.image().array()::key)
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
      MaskedImage masked = container.maskedImage("nuclei");
      NdArray before = masked.image().read().pixels();
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
      Patch after = masked.image().read();
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
  void aMaskedLabelIsWrittenInsideTheObjectsOfAnotherLabel() {
    Container container = TestContainer.plane().create();
    MaskedLabel masked = container.maskedLabel("cells", "nuclei");
    Patch cells = masked.label().read();
    Patch nuclei = container.label("nuclei").read();
    long id = masked.rois().label(1);
    Patch patch = masked.getRoi(id, 2);
    for (int i = 0; i < patch.size(); i++) {
      patch.setInteger(i, 3_000_000_000L);
    }
    masked.setRoiMasked(id, 2, patch);
    Patch after = masked.label().read();
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.integer(i))
          .isEqualTo(nuclei.integer(i) == id ? 3_000_000_000L : cells.integer(i));
    }
  }
}
