// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.Container;
import org.ngffspark.image.TestContainer;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class MetadataDraftTest {
  private final StorePath container = new StorePath(new MemoryStore(), "data/image");

  private ImageTransaction begin() {
    RunInfo run = RunInfo.current("test", Map.of());
    return ImageTransaction.begin(container, run, CommitOptions.standard());
  }

  private static void edit(Group group, String field) {
    ObjectNode attributes = group.attributes();
    attributes.put(field, 1);
    group.writeAttributes(attributes);
  }

  @Test
  void whatMakesTheContainerAnImageIsStagedLast() {
    Container image = TestContainer.plane().create(container);
    MetadataDraft draft = new MetadataDraft();
    Container copy = image.deriveImage(draft.root());
    copy.deriveLabel("spots");
    try (ImageTransaction transaction = begin()) {
      List<String> keys = draft.stage(transaction).stream().map(StagedUnit::key).toList();
      assertThat(keys).doesNotHaveDuplicates().contains("labels/spots/0/.zarray", "0/.zarray");
      assertThat(keys.subList(keys.size() - 2, keys.size())).containsExactly(".zattrs", ".zgroup");
      assertThat(keys.indexOf("labels/.zattrs"))
          .as("a label is listed when it is there")
          .isGreaterThan(keys.indexOf("labels/spots/.zattrs"))
          .isGreaterThan(keys.indexOf("labels/spots/0/.zarray"));
    }
  }

  @Test
  void filesThatStayAsTheyWereAreNotStaged() {
    TestContainer.plane().create(container);
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    draft.copy(container, "labels");
    try (ImageTransaction transaction = begin()) {
      assertThat(draft.stage(transaction)).isEmpty();
      edit(Group.open(draft.root()).orElseThrow(), "edited");
      assertThat(draft.stage(transaction)).extracting(StagedUnit::key).containsExactly(".zattrs");
    }
  }

  @Test
  void unknownFieldsStayAndConsolidatedMetadataGo() {
    TestContainer.plane().withVersion(NgffVersion.V0_5).create(container);
    Group group = Group.open(container).orElseThrow();
    edit(group, "unknown");
    String text = text(container.store().read(container.key("zarr.json")).orElseThrow());
    String stale = text.replaceFirst("\\{", "{\"consolidated_metadata\": {\"metadata\": {}},");
    container
        .store()
        .write(container.key("zarr.json"), ByteBuffer.wrap(stale.getBytes(StandardCharsets.UTF_8)));
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    edit(Group.open(draft.root()).orElseThrow(), "edited");
    try (ImageTransaction transaction = begin()) {
      List<StagedUnit> staged = draft.stage(transaction);
      assertThat(staged).hasSize(1);
      String written =
          text(transaction.stage().read(staged.get(0), BufferSource.heap()).orElseThrow());
      assertThat(written)
          .contains("\"unknown\"", "\"edited\"", "\"multiscales\"")
          .doesNotContain("consolidated");
    }
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
