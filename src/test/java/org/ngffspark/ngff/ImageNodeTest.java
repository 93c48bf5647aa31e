// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class ImageNodeTest {
  private final StorePath root = StorePath.root(new MemoryStore());
  private final StorePath path = root.child("img");

  private static ImageMetadata metadata(NgffVersion version) {
    return ImageMetadata.create(
        version,
        Axes.of("c", "y", "x"),
        List.of(Dataset.of("0", List.of(1.0, 0.5, 0.5)), Dataset.of("1", List.of(1.0, 1.0, 1.0))),
        List.of(Channel.of("DAPI")));
  }

  @ParameterizedTest
  @EnumSource
  void anImageIsOpenedAsItWasWritten(NgffVersion version) {
    ImageMetadata metadata = metadata(version);
    assertThat(ImageNode.create(path, metadata).metadata()).isEqualTo(metadata);
    ImageNode opened = ImageNode.open(path);
    assertThat(opened.metadata()).isEqualTo(metadata);
    assertThat(opened.dataset(1)).isEqualTo(path.child("1"));
    assertThat(ContainerKind.of(path)).isEqualTo(ContainerKind.IMAGE);
    assertThat(Group.open(path).orElseThrow().format())
        .isEqualTo(version == NgffVersion.V0_4 ? ZarrFormat.V2 : ZarrFormat.V3);
  }

  @ParameterizedTest
  @EnumSource
  void changedMetadataReplaceTheOldOnesAndLeaveOtherAttributes(NgffVersion version) {
    Group.create(path, version.format(), Json.object().put("lab", "somebody"));
    ImageNode.create(path, metadata(version));
    ImageNode opened = ImageNode.open(path);
    ImageMetadata renamed = opened.metadata().derived("other");
    assertThat(opened.write(renamed).metadata()).isEqualTo(renamed);
    assertThat(ImageNode.open(path).metadata().name()).contains("other");
    assertThat(Group.open(path).orElseThrow().attributes().path("lab").textValue())
        .isEqualTo("somebody");
  }

  @Test
  void anImageIsNotReplacedByCreating() {
    ImageNode.create(path, metadata(NgffVersion.V0_4));
    assertThatThrownBy(() -> ImageNode.create(path, metadata(NgffVersion.V0_4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("img exists already");
    assertThatThrownBy(() -> ImageNode.open(path).write(metadata(NgffVersion.V0_5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is NGFF 0.4, got metadata of 0.5");
  }

  @ParameterizedTest
  @EnumSource
  void labelsAreListed(NgffVersion version) {
    ImageNode image = ImageNode.create(path, metadata(version));
    assertThat(image.labels().names()).isEmpty();
    assertThat(image.labels().add("nuclei")).isEqualTo(path.child("labels/nuclei"));
    image.labels().add("cells");
    image.labels().add("nuclei");
    assertThat(image.labels().names()).containsExactly("nuclei", "cells");
    assertThat(image.labels().child("cells")).isEqualTo(path.child("labels/cells"));
    image.labels().remove("nuclei");
    image.labels().remove("never there");
    assertThat(image.labels().names()).containsExactly("cells");
  }

  @Test
  void theListLiesWhereTheSpecificationsPutIt() {
    ImageNode old = ImageNode.create(root.child("v2"), metadata(NgffVersion.V0_4));
    ImageNode recent = ImageNode.create(root.child("v3"), metadata(NgffVersion.V0_5));
    old.labels().add("a");
    recent.labels().add("a");
    assertThat(Json.read(root.child("v2/labels/.zattrs")).orElseThrow())
        .isEqualTo(Samples.json("{\"labels\": [\"a\"]}"));
    assertThat(Json.read(root.child("v3/labels/zarr.json")).orElseThrow().get("attributes"))
        .isEqualTo(Samples.json("{\"ome\": {\"version\": \"0.5\", \"labels\": [\"a\"]}}"));
  }

  @Test
  void aNameThatIsNotListedIsAnsweredWithThoseThatAre() {
    ImageNode image = ImageNode.create(path, metadata(NgffVersion.V0_5));
    image.labels().add("nuclei");
    assertThatThrownBy(() -> image.labels().child("cells"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No label 'cells' in")
        .hasMessageEndingWith("it has [nuclei]");
    for (String name : List.of("", "..", "a/b", "/a", ".zattrs")) {
      assertThatThrownBy(() -> image.labels().add(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "' is not a name");
    }
  }

  @Test
  void listedNamesThatLeaveTheGroupAreLeftOut() {
    ImageNode image = ImageNode.create(path, metadata(NgffVersion.V0_4));
    image.labels().add("nuclei");
    Group.create(
        path.child("labels"),
        ZarrFormat.V2,
        Samples.json("{\"labels\": [\"nuclei\", \"../../other\", 5, \"original/0\"]}"));
    assertThat(image.labels().names()).containsExactly("nuclei", "original/0");
    assertThat(image.labels().child("original/0")).isEqualTo(path.child("labels/original/0"));
    assertThat(image.labels().problems())
        .extracting(MetadataProblem::text)
        .containsExactly(
            "labels[1] must be a relative path inside its group (a part is '..'), got"
                + " \"../../other\"; it cannot be used",
            "labels[2] must be a string, got 5; it cannot be used");
    image.labels().add("cells");
    assertThat(Json.read(path.child("labels/.zattrs")).orElseThrow())
        .isEqualTo(
            Samples.json(
                "{\"labels\": [\"nuclei\", \"../../other\", 5, \"original/0\", \"cells\"]}"));
  }

  @Test
  void labelsListedBesideOmeAreReadAndKeptInStep() {
    ImageNode image = ImageNode.create(path, metadata(NgffVersion.V0_5));
    Group.create(
        path.child("labels"), ZarrFormat.V3, Samples.json("{\"labels\": [\"nuclei\", \"old\"]}"));
    assertThat(image.labels().names()).containsExactly("nuclei", "old");
    image.labels().add("cells");
    image.labels().remove("old");
    assertThat(Json.read(path.child("labels/zarr.json")).orElseThrow().get("attributes"))
        .isEqualTo(
            Samples.json(
                """
                {"ome": {"version": "0.5", "labels": ["nuclei", "cells"]},
                 "labels": ["nuclei", "cells"]}
                """));
  }

  @Test
  void consolidatedMetadataAreNotLeftStale() {
    ImageNode image = ImageNode.create(path, metadata(NgffVersion.V0_4));
    Json.write(root.child(".zmetadata"), Json.object());
    Json.write(path.child(".zmetadata"), Json.object());
    image.labels().add("nuclei");
    assertThat(root.store().list("")).noneMatch(key -> key.endsWith(".zmetadata"));

    ObjectNode group = Json.object().put("zarr_format", 3).put("node_type", "group");
    group.putObject("consolidated_metadata").put("kind", "inline");
    Json.write(root.child("zarr.json"), group);
    ImageNode recent = ImageNode.create(root.child("v3"), metadata(NgffVersion.V0_5));
    Json.write(root.child("zarr.json"), group);
    recent.write(recent.metadata().derived("other"));
    assertThat(Json.read(root.child("zarr.json")).orElseThrow().has("consolidated_metadata"))
        .isFalse();
  }

  @Test
  void whatIsNoImageIsTold() {
    assertNoImage("there is no Zarr group");
    Group.create(path, ZarrFormat.V3);
    assertNoImage("without the attribute 'ome'");
    Group.create(path, ZarrFormat.V3, Samples.json("{\"ome\": {\"version\": \"0.9.dev1\"}}"));
    assertNoImage("attributes.ome.version must be 0.4, 0.5, 0.6 or a pre-release of these, got");
    Group.create(path, ZarrFormat.V3, Samples.json("{\"ome\": {}}"));
    assertNoImage("it is no image (multiscales), plate or well; its attributes are []");
    StorePath array = root.child("array");
    Json.write(array.child(".zarray"), Json.object());
    assertThatThrownBy(() -> ContainerKind.of(array)).hasMessageContaining("it is a Zarr array");
    StorePath other = root.child("other");
    Group.create(other, ZarrFormat.V2, Samples.json("{\"a\": 1, \"b\": 2}"));
    assertThatThrownBy(() -> ContainerKind.of(other)).hasMessageContaining("are [a, b]");
    Group.create(other, ZarrFormat.V2, Samples.json("{\"bioformats2raw.layout\": 3}"));
    assertThatThrownBy(() -> ContainerKind.of(other)).hasMessageContaining("give one of them");
  }

  private void assertNoImage(String message) {
    assertThatThrownBy(() -> ImageNode.open(path))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }
}
