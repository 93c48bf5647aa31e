// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

/** Loops over the objects of a masked level. */
class MaskedLoopTest {
  private static List<Long> ids(Masked masked) {
    List<Long> ids = new ArrayList<>();
    masked.objects().forEach(object -> ids.add(object.label()));
    return ids;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void everyObjectIsAsItIsByItself(double zoom) {
    for (long seed = 0; seed < 10; seed++) {
      Masked masked =
          TestContainer.plane().withSeed(seed).create().maskedImage("nuclei").zoom(zoom);
      int compared = 0;
      for (MaskedPatch object : masked.channels("channel B").objects()) {
        MaskedPatch expected = masked.channels("channel B").read(object.label());
        assertThat(object.patch().pixels().bytes()).isEqualTo(expected.patch().pixels().bytes());
        assertThat(object.patch().box()).isEqualTo(expected.patch().box());
        assertThat(object.mask()).isEqualTo(expected.mask());
        assertThat(object.labels().pixels().bytes()).isEqualTo(expected.labels().pixels().bytes());
        assertThat(object.channelNames()).containsExactly("channel B");
        compared++;
      }
      assertThat(compared).as("seed %d", seed).isEqualTo(masked.rois().size()).isPositive();
    }
  }

  @Test
  void objectsComeByTheChunksInWhichTheyBeginThenById() {
    Masked masked = TestContainer.plane().create().maskedImage("nuclei");
    List<Long> ids = ids(masked);
    assertThat(ids).containsExactlyInAnyOrderElementsOf(boxed(masked.rois().labels()));
    List<GridPosition> chunks =
        ids.stream()
            .map(id -> masked.level().array().chunks().at(masked.getRoi(id).box()))
            .toList();
    assertThat(chunks).isSorted();
    for (int i = 1; i < ids.size(); i++) {
      assertThat(!chunks.get(i).equals(chunks.get(i - 1)) || ids.get(i) > ids.get(i - 1)).isTrue();
    }
  }

  private static List<Long> boxed(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoopThatReadsDecodesEachChunkOnce(boolean sharded) {
    TestContainer plane = TestContainer.plane();
    ObservedStore store = ObservedStore.of(new MemoryStore());
    Masked masked =
        (sharded ? plane.withShards(Shape.of(1, 64, 80)) : plane)
            .create(StorePath.root(store))
            .maskedImage("nuclei")
            .zoom(1.5);
    masked.rois();
    store.log().clear();
    assertThat(ids(masked)).hasSizeGreaterThan(3);
    if (sharded) {
      // The index of the shard and the chunk, for each chunk of image and label.
      assertThat(store.log().keys(StoreOperation.Kind.READ_RANGE)).hasSizeLessThanOrEqualTo(96);
    } else {
      assertThat(store.log().keys(StoreOperation.Kind.READ)).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsWrittenIsSeenByTheObjectsThatComeLater() {
    Container container = TestContainer.plane().create();
    Container other = TestContainer.plane().create();
    Masked masked = container.maskedImage("cells").zoom(2);
    Masked step = other.maskedImage("cells").zoom(2);
    for (long id : ids(step)) {
      step.setRoi(id, changed(step.read(id)));
    }
    Masked writer = masked.zoom(1).zoom(2);
    for (MaskedPatch object : masked.objects()) {
      writer.setRoi(object.label(), changed(object));
    }
    assertThat(masked.level().read().pixels().bytes())
        .isEqualTo(step.level().read().pixels().bytes());
  }

  private static Patch changed(MaskedPatch object) {
    Patch patch = object.patch().copy();
    patch.update(x -> x / 2 + object.label());
    return patch;
  }

  @Test
  void aRegionOutsideTheLevelGivesAnEmptyPatch() {
    Container container = TestContainer.plane().create();
    Interval outside = Interval.of(1000, 5);
    Map<AxisName, Interval> place =
        Map.of(AxisName.X, outside, AxisName.Y, outside, AxisName.Z, Interval.of(0, 1));
    MaskingRoiTable table =
        MaskingRoiTable.builder().add(new Roi(Optional.empty(), Optional.of(3L), place)).build();
    container.tables().write("t", table, "nuclei", WritableBackend.CSV);
    Masked masked = container.maskedImage(Masking.by("nuclei").withTable("t"), 0);
    List<MaskedPatch> objects = new ArrayList<>();
    masked.objects().forEach(objects::add);
    assertThat(objects).hasSize(1);
    assertThat(objects.get(0).patch().size()).isZero();
    assertThat(objects.get(0).mask().isEmpty()).isTrue();
  }

  @Test
  void chunksThatWereNotAskedForLongestAreLetGo() {
    ObservedStore store = ObservedStore.of(new MemoryStore());
    ZarrArray array = TestContainer.plane().create(StorePath.root(store)).image().array();
    long bytes = NdArray.byteLength(array.type(), array.chunks().chunk());
    List<GridPosition> all = array.chunks().all();
    store.log().clear();
    RecentChunks two = new RecentChunks(2 * bytes);
    for (int chunk : new int[] {0, 1, 0, 2, 0, 1}) {
      assertThat(two.chunk(array, all.get(chunk)).orElseThrow().bytes())
          .isEqualTo(array.readChunk(all.get(chunk)).orElseThrow().bytes());
    }
    List<String> expected = new ArrayList<>();
    // Each is read once to compare it, and before that where it is not kept.
    for (int chunk : new int[] {0, 0, 1, 1, 0, 2, 2, 0, 1, 1}) {
      expected.add(array.key(all.get(chunk)));
    }
    assertThat(store.log().keys(StoreOperation.Kind.READ)).isEqualTo(expected);
    store.log().clear();
    RecentChunks small = new RecentChunks(1);
    small.chunk(array, all.get(0));
    small.chunk(array, all.get(0));
    assertThat(store.log().keys(StoreOperation.Kind.READ)).hasSize(1);
    small.forget(array);
    small.chunk(array, all.get(0));
    assertThat(store.log().keys(StoreOperation.Kind.READ)).hasSize(2);
  }
}
