// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

/** Which store operations it takes to open a container and read one object: each is needed. */
class StoreCostTest {
  private static List<String> operationsToReadOneObject(TestContainer kind) {
    MemoryStore store = new MemoryStore();
    Container made = kind.create(StorePath.root(store));
    MaskingRoiTableBuilder table = MaskingRoiTable.builder();
    LabelBoxes boxes = made.label("nuclei").boxes();
    for (int i = 0; i < boxes.size(); i++) {
      table.add(boxes.roiAt(i));
    }
    made.tables().write("nuclei_ROI_table", table.build(), "nuclei", WritableBackend.CSV);
    ObservedStore observed = ObservedStore.of(store);
    Container container = Container.open(StorePath.root(observed));
    Masked image = container.maskedImage("nuclei");
    image.channels(1).getRoiMasked(boxes.label(0));
    List<String> operations = new ArrayList<>();
    for (StoreOperation operation : observed.log().operations()) {
      operations.add(operation.toString());
    }
    return operations;
  }

  @Test
  void oneObjectOfAnImageOnZarrTwo() {
    assertThat(operationsToReadOneObject(TestContainer.plane()))
        .containsExactly(
            "READ zarr.json",
            "READ .zgroup",
            "READ .zattrs",
            "READ 0/.zarray",
            "READ labels/.zgroup",
            "READ labels/.zattrs",
            "READ labels/nuclei/.zgroup",
            "READ labels/nuclei/.zattrs",
            "READ labels/nuclei/0/.zarray",
            "READ tables/.zgroup",
            "READ tables/.zattrs",
            "READ tables/nuclei_ROI_table/.zgroup",
            "READ tables/nuclei_ROI_table/.zattrs",
            "READ tables/nuclei_ROI_table/table.csv",
            "READ labels/nuclei/0/0/0",
            "READ 0/1/0/0");
  }

  @Test
  void oneObjectOfAnImageOnZarrThree() {
    assertThat(operationsToReadOneObject(TestContainer.plane().withVersion(NgffVersion.V0_5)))
        .containsExactly(
            "READ zarr.json",
            "READ 0/zarr.json",
            "READ labels/zarr.json",
            "READ labels/nuclei/zarr.json",
            "READ labels/nuclei/0/zarr.json",
            "READ tables/zarr.json",
            "READ tables/nuclei_ROI_table/zarr.json",
            "READ tables/nuclei_ROI_table/table.csv",
            "READ labels/nuclei/0/c/0/0",
            "READ 0/c/1/0/0");
  }

  /** A shard takes two reads: its index, then the inner chunk. */
  @Test
  void oneObjectOfAShardedImage() {
    assertThat(operationsToReadOneObject(TestContainer.plane().withShards(Shape.of(1, 64, 80))))
        .endsWith(
            "READ_RANGE labels/nuclei/0/c/0/0",
            "READ_RANGE labels/nuclei/0/c/0/0",
            "READ_RANGE 0/c/1/0/0",
            "READ_RANGE 0/c/1/0/0")
        .hasSize(12);
  }
}
