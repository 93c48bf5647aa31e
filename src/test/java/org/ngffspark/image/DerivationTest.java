// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

class DerivationTest {
  private final MemoryStore store = new MemoryStore();
  private final StorePath target = StorePath.root(store).child("target.zarr");

  private static Map<String, ByteBuffer> files(Store store) {
    Map<String, ByteBuffer> files = new TreeMap<>();
    store.list("").forEach(key -> files.put(key, store.read(key).orElseThrow()));
    return files;
  }

  private void refused(Container source, StorePath place, String message) {
    Map<String, ByteBuffer> before = files(store);
    assertThatThrownBy(() -> source.deriveImage(place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(files(store)).isEqualTo(before);
  }

  private static void fill(ZarrArray array) {
    NdArray pixels = NdArray.zeros(array.type(), array.shape());
    pixels.fill(7);
    array.write(Box.whole(array.shape()), pixels);
  }

  @Test
  void anImageThatExistsStaysAsItIs() {
    TestContainer.plane().create(target);
    for (NgffVersion version : NgffVersion.values()) {
      Container source =
          TestContainer.plane().withVersion(version).withType(DataType.FLOAT32).create();
      refused(source, target, "target.zarr exists already; remove it first");
    }
  }

  @Test
  void whatIsNoImageStaysAsItIs() {
    Container source = TestContainer.plane().create();
    ZarrArray pixels = source.image().array();
    Group.create(target, ZarrFormat.V2);
    fill(ZarrArray.create(target.child("0"), pixels.metadata()));
    refused(source, target, "target.zarr/0, which exists already");
    refused(source, target.child("0"), "is a Zarr array");
    StorePath folder = StorePath.root(store).child("folder");
    TestContainer.plane().create(folder.child("0"));
    refused(source, folder, "folder/0, which exists already");
    StorePath other = StorePath.root(store).child("other");
    Group.create(other, ZarrFormat.V3);
    refused(source, other, "another Zarr format");
  }

  @Test
  void aGroupThatIsEmptyBecomesAnImage() {
    Group.create(target, ZarrFormat.V2);
    TestContainer.plane().create().deriveImage(target);
    assertThat(Container.open(target).image().read().pixels().isFilledWith(0)).isTrue();
  }

  @Test
  void whatAnInterruptedDerivationLeftIsRemoved() {
    for (NgffVersion version : NgffVersion.values()) {
      Container source = TestContainer.plane().withVersion(version).create();
      fill(ZarrArray.create(target.child("0"), source.image().array().metadata()));
      assertThat(source.deriveImage(target).image().read().pixels().isFilledWith(0)).isTrue();
      StorePath label = source.path().child("labels/spots/0");
      fill(ZarrArray.create(label, source.label("nuclei").array().metadata()));
      assertThat(source.deriveLabel("spots").read().pixels().isFilledWith(0)).isTrue();
      store.deleteTree("");
    }
  }

  @Test
  void aLabelImageThatIsNotListedStaysAsItIs() {
    for (NgffVersion version : NgffVersion.values()) {
      Container source = TestContainer.plane().withVersion(version).create(target);
      source.node().labels().remove("nuclei");
      Map<String, ByteBuffer> before = files(store);
      assertThatThrownBy(() -> source.deriveLabel("nuclei", DataType.UINT8))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("labels/nuclei exists already; remove it first");
      assertThat(files(store)).isEqualTo(before);
      store.deleteTree("");
    }
  }

  @Test
  void codecsNamedWithoutConfigurationAreAdapted() {
    Container made =
        TestContainer.plane().withVersion(NgffVersion.V0_5).withType(DataType.UINT8).create(target);
    StorePath file = made.path().child("0/zarr.json");
    ObjectNode content = Json.read(file).orElseThrow();
    content.putArray("codecs").add("bytes");
    Json.write(file, content);
    Label label = Container.open(target).deriveLabel("spots");
    fill(label.array());
    assertThat(Container.open(target).label("spots").read().pixels().isFilledWith(7)).isTrue();
    JsonNode codecs =
        Json.read(label.array().path().child("zarr.json")).orElseThrow().get("codecs");
    assertThat(codecs.at("/0/configuration/endian").asText()).isEqualTo("little");
  }

  @Test
  void filtersThatAreForOneTypeAreLeftOut() {
    Container made =
        TestContainer.plane().withVersion(NgffVersion.V0_4).withType(DataType.UINT8).create(target);
    StorePath file = made.path().child("0/.zarray");
    ObjectNode content = Json.read(file).orElseThrow();
    content.putArray("filters").addObject().put("id", "delta").put("dtype", "|u1");
    content.putObject("compressor").put("id", "blosc").put("cname", "lz4").put("typesize", 1);
    Json.write(file, content);
    JsonNode metadata = labelOf(file);
    assertThat(metadata.path("filters").isNull()).isTrue();
    assertThat(metadata.path("compressor").path("typesize").intValue()).isEqualTo(4);
  }

  @Test
  void filtersOfNumcodecsThatAreForOneTypeAreLeftOut() {
    Container made =
        TestContainer.plane().withVersion(NgffVersion.V0_6).withType(DataType.UINT8).create(target);
    StorePath file = made.path().child("0/zarr.json");
    ObjectNode content = Json.read(file).orElseThrow();
    ArrayNode codecs = content.putArray("codecs");
    codecs.addObject().put("name", "numcodecs.delta").putObject("configuration").put("dtype", "u1");
    codecs.addObject().put("name", "bytes");
    ObjectNode shuffle = codecs.addObject().put("name", "numcodecs.shuffle");
    shuffle.putObject("configuration").put("elementsize", 1);
    Json.write(file, content);
    JsonNode metadata = labelOf(file).path("codecs");
    assertThat(metadata).hasSize(2);
    assertThat(metadata.at("/1/configuration/elementsize").intValue()).isEqualTo(4);
  }

  /** The metadata of the array of a label image that is derived, and can be written and read. */
  private JsonNode labelOf(StorePath imageArray) {
    Label label = Container.open(target).deriveLabel("spots");
    fill(label.array());
    assertThat(Container.open(target).label("spots").read().pixels().isFilledWith(7)).isTrue();
    return Json.read(label.array().path().child(imageArray.name())).orElseThrow();
  }
}
