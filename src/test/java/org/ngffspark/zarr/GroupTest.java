// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.TestLayouts.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

class GroupTest {
  private final ObservedStore store = ObservedStore.of(new MemoryStore());
  private final StorePath root = StorePath.root(store);

  @Test
  void aGroupOpensWithItsAttributes() {
    for (ZarrFormat format : ZarrFormat.values()) {
      StorePath path = root.child("image" + format);
      ObjectNode attributes = Json.object().put("a", 1).put("long", Long.MAX_VALUE);
      Group.create(path, format, attributes);
      Group opened = Group.open(path).orElseThrow();
      assertThat(opened.format()).isEqualTo(format);
      assertThat(opened.attributes()).isEqualTo(attributes);
      assertThat(opened.path()).isEqualTo(path);
    }
  }

  @Test
  void whereThereIsNoGroupThereIsNone() {
    ZarrArray.create(root.child("3"), TestLayouts.v3(DataType.UINT8));
    ZarrArray.create(root.child("2"), TestLayouts.v2(DataType.UINT8));
    assertThat(Group.open(root.child("3"))).isEmpty();
    assertThat(Group.open(root.child("2"))).isEmpty();
    assertThat(Group.open(root.child("missing"))).isEmpty();
  }

  @Test
  void attributesOfAV2GroupMayBeMissing() {
    put("g/.zgroup", "{'zarr_format':2}");
    assertThat(Group.open(root.child("g")).map(Group::attributes)).contains(Json.object());
  }

  @Test
  void wrongMetadataIsRefused() {
    put("a/.zgroup", "{'zarr_format':3}");
    refused("a", "a/.zgroup: zarr_format must be 2, got 3");
    put("b/zarr.json", "{'zarr_format':3,'node_type':'tree'}");
    refused("b", "node_type must be one of group, array, got \"tree\"");
    put("c/zarr.json", "{'zarr_format':3}");
    refused("c", "node_type is missing");
    put("d/zarr.json", "{'zarr_format':3,'node_type':'group','attributes':[]}");
    refused("d", "d/zarr.json: attributes must be an object, got []");
    put("e/.zgroup", "{'zarr_format':2}");
    put("e/.zattrs", "[]");
    refused("e", "e/.zattrs: should hold a JSON object, but holds a list");
  }

  @Test
  void newAttributesLeaveTheRestOfTheFile() {
    put("g/zarr.json", "{'zarr_format':3,'node_type':'group','extra':{'must_understand':false}}");
    Group group = Group.open(root.child("g")).orElseThrow();
    group.writeAttributes(Json.object().put("a", 1));
    assertThat(Json.read(root.child("g/zarr.json")))
        .map(Object::toString)
        .contains(
            json("{'zarr_format':3,'node_type':'group','extra':{'must_understand':false},"
                    + "'attributes':{'a':1}}")
                .toString());
    assertThat(group.attributes()).isEqualTo(Json.object().put("a", 1));
  }

  @Test
  void attributesHandedOutAreCopies() {
    ObjectNode given = Json.object().put("a", 1);
    Group group = Group.create(root, ZarrFormat.V3, given);
    given.put("a", 2);
    group.attributes().put("a", 3);
    assertThat(group.attributes()).isEqualTo(Json.object().put("a", 1));
  }

  @Test
  void barePythonNumbersSurvive() {
    put("g/zarr.json", "{'zarr_format':3,'node_type':'group','attributes':{'a':[NaN,-Infinity]}}");
    Group group = Group.open(root.child("g")).orElseThrow();
    assertThat(group.attributes().at("/a/0").doubleValue()).isNaN();
    group.writeAttributes(group.attributes());
    String text = StandardCharsets.UTF_8.decode(store.read("g/zarr.json").orElseThrow()).toString();
    assertThat(text).contains("NaN, -Infinity").doesNotContain("\"NaN\"");
  }

  @Test
  void consolidatedMetadataAboveAChangeIsRemoved() {
    for (ZarrFormat format : List.of(ZarrFormat.V2, ZarrFormat.V3)) {
      changes(format)
          .forEach(
              change -> {
                store.deleteTree("");
                List.of("", "plate", "plate/A").forEach(path -> consolidated(path, format));
                consolidated("plate/B", format);
                change.run();
                List.of("", "plate", "plate/A")
                    .forEach(path -> assertThat(isConsolidated(path, format)).as(path).isFalse());
                assertThat(isConsolidated("plate/B", format)).isTrue();
                assertThat(Group.open(root.child("plate")).map(Group::attributes))
                    .as("the rest stays")
                    .contains(Json.object().put("kept", 1));
              });
    }
  }

  private List<Runnable> changes(ZarrFormat format) {
    StorePath group = root.child("plate/A");
    ArrayMetadata metadata =
        format == ZarrFormat.V2 ? TestLayouts.v2(DataType.UINT8) : TestLayouts.v3(DataType.UINT8);
    return List.of(
        () -> Group.open(group, format).orElseThrow().writeAttributes(Json.object()),
        () -> Group.create(group.child("labels"), format),
        () -> Group.create(group, format),
        () -> ZarrArray.create(group.child("0"), metadata),
        () -> StringArray.create(group.child("s"), format, List.of("a"), Json.object()));
  }

  private void consolidated(String path, ZarrFormat format) {
    StorePath node = root.child(path.isEmpty() ? "zarr.json" : path + "/zarr.json");
    StorePath group = path.isEmpty() ? root : root.child(path);
    if (format == ZarrFormat.V2) {
      put(group.key(".zgroup"), "{'zarr_format':2}");
      put(group.key(".zattrs"), "{'kept':1}");
      put(group.key(".zmetadata"), "{'metadata':{},'zarr_consolidated_format':1}");
    } else {
      put(
          node.path(),
          "{'zarr_format':3,'node_type':'group','attributes':{'kept':1},"
              + "'consolidated_metadata':{'kind':'inline'}}");
    }
  }

  private boolean isConsolidated(String path, ZarrFormat format) {
    StorePath group = path.isEmpty() ? root : root.child(path);
    if (format == ZarrFormat.V2) {
      return store.status(group.key(".zmetadata")).isPresent();
    }
    Optional<ObjectNode> content = Json.read(group.child("zarr.json"));
    return content.isPresent() && content.get().has("consolidated_metadata");
  }

  @Test
  void aGroupWithoutConsolidatedMetadataIsWrittenOnce() {
    Group.create(root.child("a"), ZarrFormat.V3);
    Group group = Group.create(root.child("a/b"), ZarrFormat.V3);
    store.log().clear();
    group.writeAttributes(Json.object().put("x", 1));
    assertThat(store.log().keys(Kind.WRITE)).containsExactly("a/b/zarr.json");
  }

  private void put(String key, String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    store.write(key, ByteBuffer.wrap(bytes));
  }

  private void refused(String path, String message) {
    assertThatThrownBy(() -> Group.open(root.child(path)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }
}
