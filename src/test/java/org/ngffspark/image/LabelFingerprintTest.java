// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ChunkEncoding;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

class LabelFingerprintTest {

  @ParameterizedTest
  @EnumSource(NgffVersion.class)
  void aTableKnowsTheStateOfTheLabelImageItWasMadeOf(NgffVersion version) {
    Container container = TestContainer.plane().withVersion(version).create();
    Label nuclei = container.label("nuclei");
    MaskingRoiTableBuilder rows = MaskingRoiTable.builder();
    rows.add(nuclei.boxes().roiAt(0));
    MaskingRoiTable unknown = rows.build();
    MaskingRoiTable made = unknown.madeOf(nuclei.fingerprint());
    for (WritableBackend backend : WritableBackend.values()) {
      String name = "made_" + backend.ordinal();
      container.tables().write(name, made, "nuclei", backend);
      assertThat(container.tables().maskingRoiTable(name).fingerprint())
          .contains(nuclei.fingerprint());
    }
    container.tables().write("unknown", unknown, "nuclei", WritableBackend.CSV);
    assertThat(container.tables().maskingRoiTable("unknown").fingerprint()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(NgffVersion.class)
  void aChangeOfTheLabelImageChangesItsFingerprint(NgffVersion version) {
    Label nuclei = TestContainer.plane().withVersion(version).create().label("nuclei");
    String before = nuclei.fingerprint();
    Patch ids = nuclei.read().copy();
    nuclei.array().write(ids.box(), ids.pixels());
    assertThat(nuclei.fingerprint()).isEqualTo(before);
    ids.update(id -> id * 3 % 17);
    nuclei.array().write(ids.box(), ids.pixels());
    assertThat(nuclei.fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(NgffVersion.class)
  void aCopyOfTheLabelImageHasTheSameFingerprint(NgffVersion version) {
    TestContainer kind = TestContainer.plane().withVersion(version);
    assertThat(kind.create().label("nuclei").fingerprint())
        .isEqualTo(kind.create().label("nuclei").fingerprint())
        .isNotEqualTo(kind.create().label("cells").fingerprint());
  }

  @ParameterizedTest
  @EnumSource(NgffVersion.class)
  void whatIsStoredWithoutCompressionIsKnownByItsBytes(NgffVersion version) {
    Container container = TestContainer.plane().withVersion(version).create();
    Label nuclei = container.label("nuclei");
    Patch ids = nuclei.read().copy();
    ZarrArray plain = plain(nuclei);
    plain.write(ids.box(), ids.pixels());
    assertThat(plain.hasFixedLength()).isTrue();
    String before = LabelFingerprint.of(plain);
    ids.update(id -> id == 1 ? 2 : id == 2 ? 1 : id);
    plain.write(ids.box(), ids.pixels());
    assertThat(LabelFingerprint.of(plain)).isNotEqualTo(before);
    ids.update(id -> id == 1 ? 2 : id == 2 ? 1 : id);
    plain.write(ids.box(), ids.pixels());
    assertThat(LabelFingerprint.of(plain)).isEqualTo(before);
  }

  /** An array as that of a label image, without compression. */
  private static ZarrArray plain(Label label) {
    ArrayMetadata like = label.array().metadata();
    ObjectNode bytes = JsonNodeFactory.instance.objectNode().put("name", "bytes");
    bytes.putObject("configuration").put("endian", "little");
    ChunkEncoding encoding =
        like.encoding() instanceof ChunkEncoding.V2 v2
            ? new ChunkEncoding.V2(v2.byteOrder(), v2.order(), NullNode.getInstance(), v2.filters())
            : new ChunkEncoding.V3(
                JsonNodeFactory.instance.arrayNode().add(bytes), Optional.empty());
    return ZarrArray.create(
        StorePath.root(new MemoryStore()).child("plain"), like.withEncoding(encoding));
  }
}
