// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.Container;
import org.ngffspark.image.TestContainer;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class MetadataDraftTest {
  private final StorePath container = new StorePath(new MemoryStore(), "data/image");

  private static void edit(Group group, String field) {
    ObjectNode attributes = group.attributes();
    attributes.put(field, 1);
    group.writeAttributes(attributes);
  }

  @Test
  void whatMakesTheContainerAnImageComesLast() {
    Container image = TestContainer.plane().create(container);
    MetadataDraft draft = new MetadataDraft();
    Container copy = image.deriveImage(draft.root());
    copy.deriveLabel("spots");
    List<String> keys = draft.edits().stream().map(MetadataEdit::key).toList();
    assertThat(keys).doesNotHaveDuplicates().contains("labels/spots/0/.zarray", "0/.zarray");
    assertThat(keys.subList(keys.size() - 2, keys.size())).containsExactly(".zattrs", ".zgroup");
    assertThat(keys.indexOf("labels/.zattrs"))
        .as("a label is listed when it is there")
        .isGreaterThan(keys.indexOf("labels/spots/.zattrs"))
        .isGreaterThan(keys.indexOf("labels/spots/0/.zarray"));
  }

  @Test
  void filesThatStayAsTheyWereAreNotChanged() {
    TestContainer.plane().create(container);
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    draft.copy(container, "labels");
    assertThat(draft.edits()).isEmpty();
    edit(Group.open(draft.root()).orElseThrow(), "edited");
    assertThat(draft.edits()).extracting(MetadataEdit::key).containsExactly(".zattrs");
    assertThat(draft.read())
        .containsKeys(".zattrs", ".zgroup", "labels/.zattrs")
        .containsEntry(".zarray", Optional.empty());
  }

  @Test
  void ofANodeThatIsReplacedNothingStays() {
    TestContainer.plane().create(container);
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    edit(Group.open(draft.root()).orElseThrow(), "edited");
    Group.create(draft.root().child("labels/spots"), ZarrFormat.V2);
    assertThat(draft.editsReplacing("labels/spots"))
        .hasOnlyElementsOfTypes(MetadataEdit.Replace.class, MetadataEdit.Change.class)
        .filteredOn(MetadataEdit.Change.class::isInstance)
        .extracting(MetadataEdit::key)
        .containsExactly(".zattrs");
  }

  @Test
  void unknownFieldsStay() {
    TestContainer.plane().withVersion(NgffVersion.V0_5).create(container);
    edit(Group.open(container).orElseThrow(), "unknown");
    MetadataDraft draft = new MetadataDraft();
    draft.copy(container, "");
    edit(Group.open(draft.root()).orElseThrow(), "edited");
    assertThat(draft.edits())
        .singleElement()
        .satisfies(
            edit ->
                assertThat(edit.after().toString())
                    .contains("\"unknown\"", "\"edited\"", "\"multiscales\""));
  }
}
