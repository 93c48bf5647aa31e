// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.MaskingRoiTableBuilder;
import org.ngffspark.table.WritableBackend;

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
}
