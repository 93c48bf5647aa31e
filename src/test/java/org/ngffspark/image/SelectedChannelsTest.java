// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

/** Channels out of order or apart, in chunks and shards that hold several: one visit of each. */
class SelectedChannelsTest {
  private static final Roi WHOLE = new Roi(Optional.empty(), Optional.empty(), Map.of());
  private static final TestContainer THREE = of(3, 3);

  private ObservedStore store;

  @BeforeEach
  void emptyStore() {
    store = ObservedStore.of(new MemoryStore());
  }

  private static TestContainer of(int channels, int channelsInChunk) {
    return TestContainer.plane()
        .withAxes(
            Axes.of("c", "y", "x"), Shape.of(channels, 50, 62), Shape.of(channelsInChunk, 16, 20));
  }

  private Masked open(TestContainer kind) {
    Masked masked = kind.create(StorePath.root(store)).maskedImage("nuclei");
    masked.rois();
    store.log().clear();
    return masked;
  }

  /** Of the image; the label's are of no interest here. */
  private List<String> keys(Kind kind) {
    return store.log().keys(kind).stream().filter(key -> key.startsWith("0/")).toList();
  }

  private static List<String> units(ZarrArray array, Box box) {
    return array.writeUnits().touching(box).stream().map(array::key).toList();
  }

  private static NdArray channel(NdArray pixels, int index) {
    return pixels.cut(Box.whole(pixels.shape()).with(0, index, index + 1));
  }

  private static void assertChannels(NdArray pixels, NdArray all, int... channels) {
    for (int i = 0; i < channels.length; i++) {
      assertThat(channel(pixels, i).bytes()).isEqualTo(channel(all, channels[i]).bytes());
    }
  }

  private static NdArray overwritten(NdArray before, NdArray patch, int... channels) {
    NdArray after = before.copy();
    for (int i = 0; i < channels.length; i++) {
      after.paste(
          patch,
          Box.whole(patch.shape()).with(0, i, i + 1),
          Box.whole(after.shape()).with(0, channels[i], channels[i] + 1));
    }
    return after;
  }

  /** Writes noise to some channels of the whole image and checks all of them. */
  private void write(ImageLevel image, int... channels) {
    NdArray before = image.read().pixels();
    Patch patch = image.getRoi(WHOLE, ChannelSelection.indices(channels));
    new SplittableRandom(7).nextBytes(patch.pixels().bytes());
    store.log().clear();
    image.setRoi(WHOLE, ChannelSelection.indices(channels), patch);
    List<String> read = keys(Kind.READ);
    List<String> written = keys(Kind.WRITE);
    assertThat(image.read().pixels().bytes())
        .isEqualTo(overwritten(before, patch.pixels(), channels).bytes());
    store.log().clear();
    assertThat(read).doesNotHaveDuplicates();
    assertThat(written).doesNotHaveDuplicates();
  }

  @Test
  void aReadTakesEachChunkOnce() {
    ImageLevel image = open(THREE).level();
    NdArray all = image.read().pixels();
    store.log().clear();
    Patch patch = image.getRoi(WHOLE, ChannelSelection.indices(2, 0));
    assertThat(keys(Kind.READ))
        .containsExactlyInAnyOrderElementsOf(units(image.array(), Box.whole(image.shape())));
    assertChannels(patch.pixels(), all, 2, 0);
  }

  @Test
  void aReadTakesNoChunkWithoutASelectedChannel() {
    ImageLevel image = open(of(9, 2)).level();
    NdArray all = image.read().pixels();
    store.log().clear();
    Patch patch = image.getRoi(WHOLE, ChannelSelection.indices(8, 1, 0, 1));
    assertThat(keys(Kind.READ))
        .hasSize(32)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.startsWith("0/0/") || key.startsWith("0/4/"));
    assertChannels(patch.pixels(), all, 8, 1, 0, 1);
  }

  @Test
  void aWriteReplacesEachUnitOnce() {
    ImageLevel image = open(THREE).level();
    write(image, 2, 0);
    Patch patch = image.getRoi(WHOLE, ChannelSelection.indices(2, 0));
    store.log().clear();
    image.setRoi(WHOLE, ChannelSelection.indices(2, 0), patch);
    assertThat(keys(Kind.WRITE))
        .containsExactlyElementsOf(units(image.array(), Box.whole(image.shape())));
    assertThat(keys(Kind.READ)).isEqualTo(keys(Kind.WRITE));
  }

  @Test
  void aWriteLeavesUnitsWithoutASelectedChannel() {
    ImageLevel image = open(of(9, 2)).level();
    write(image, 8, 0, 3);
    Patch patch = image.getRoi(WHOLE, ChannelSelection.indices(8, 0));
    store.log().clear();
    image.setRoi(WHOLE, ChannelSelection.indices(8, 0), patch);
    assertThat(keys(Kind.WRITE))
        .hasSize(32)
        .allMatch(key -> key.startsWith("0/0/") || key.startsWith("0/4/"));
  }

  @Test
  void allChannelsInAnotherOrderAreWrittenWithoutReading() {
    ImageLevel image = open(THREE).level();
    write(image, 2, 0, 1);
    Patch patch = image.getRoi(WHOLE, ChannelSelection.indices(2, 0, 1));
    store.log().clear();
    image.setRoi(WHOLE, ChannelSelection.indices(2, 0, 1), patch);
    assertThat(keys(Kind.READ)).isEmpty();
    assertThat(keys(Kind.WRITE)).hasSize(16);
  }

  @Test
  void aWriteReplacesEachShardOnce() {
    ImageLevel image = open(of(3, 1).withShards(Shape.of(3, 32, 40))).level();
    write(image, 2, 0);
    write(image, 1, 0);
  }

  @Test
  void aMaskedWriteReplacesEachUnitOnce() {
    for (TestContainer kind :
        List.of(THREE, of(3, 1).withShards(Shape.of(3, 32, 40)), of(3, 2), of(3, 1))) {
      emptyStore();
      Masked masked = open(kind);
      ChannelSelection channels = ChannelSelection.indices(2, 0);
      NdArray before = masked.level().read().pixels();
      long id = masked.rois().label(0);
      MaskedPatch object = masked.channels(channels).read(id);
      Patch patch = masked.channels(channels).getRoi(id);
      new SplittableRandom(8).nextBytes(patch.pixels().bytes());
      store.log().clear();
      masked.channels(channels).setRoiMasked(id, patch);
      assertThat(keys(Kind.WRITE)).as("%s", kind).isNotEmpty().doesNotHaveDuplicates();
      assertThat(keys(Kind.READ)).as("%s", kind).doesNotHaveDuplicates();
      NdArray expected = before.copy();
      Box box = masked.rois().roi(id).toBox(masked.level().grid());
      IntStream.of(0, 1)
          .forEach(
              i -> {
                Box from = Box.whole(patch.shape()).with(0, i, i + 1);
                int c = i == 0 ? 2 : 0;
                object.mask().paste(patch.pixels(), from, expected, box.with(0, c, c + 1));
              });
      assertThat(masked.level().read().pixels().bytes()).as("%s", kind).isEqualTo(expected.bytes());
    }
  }
}
