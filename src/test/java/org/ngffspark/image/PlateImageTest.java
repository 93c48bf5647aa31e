// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** An image of a plate that is opened by its own path, so that the plate lies outside its store. */
class PlateImageTest {
  @TempDir private Path directory;

  /** A plate whose rows have no metadata. */
  private Path plate(NgffVersion version) {
    Path plate = directory.resolve(version + ".zarr");
    StorePath root = StorePath.root(LocalStore.at(plate));
    ZarrFormat format = version.format();
    Group.create(root, format, Json.object().put("kept", 1));
    Group.create(root.child("B/03"), format);
    TestContainer.plane().withVersion(version).create(root.child("B/03/0"));
    return plate;
  }

  private static void consolidate(StorePath group, ZarrFormat format) {
    if (format == ZarrFormat.V2) {
      Json.write(group.child(".zmetadata"), Json.object().put("zarr_consolidated_format", 1));
      return;
    }
    StorePath file = group.child("zarr.json");
    ObjectNode content = Json.read(file).orElseThrow();
    content.putObject("consolidated_metadata").put("kind", "inline");
    Json.write(file, content);
  }

  private static boolean isConsolidated(StorePath group, ZarrFormat format) {
    return format == ZarrFormat.V2
        ? group.store().status(group.key(".zmetadata")).isPresent()
        : Json.read(group.child("zarr.json")).orElseThrow().has("consolidated_metadata");
  }

  private void changed(NgffVersion version, Path plate, Path image) {
    ZarrFormat format = version.format();
    StorePath root = StorePath.root(LocalStore.at(plate));
    consolidate(root, format);
    consolidate(root.child("B/03"), format);
    Container.open(image.toString()).deriveLabel(image.getFileName() + " spots");
    assertThat(isConsolidated(root, format)).as("%s by %s", version, image).isFalse();
    assertThat(isConsolidated(root.child("B/03"), format)).isFalse();
    assertThat(Group.open(root).map(Group::attributes)).contains(Json.object().put("kept", 1));
  }

  @Test
  void aNewLabelLeavesNoStaleMetadataInThePlate() {
    for (NgffVersion version : NgffVersion.values()) {
      Path plate = plate(version);
      changed(version, plate, plate.resolve("B/03/0"));
    }
  }

  @Test
  void aNewLabelLeavesNoStaleMetadataWhereLinksLead() throws IOException {
    for (NgffVersion version : NgffVersion.values()) {
      Path plate = plate(version);
      Path link = directory.resolve("link" + version);
      Files.createSymbolicLink(link, plate.resolve("B/03/0"));
      changed(version, plate, link);
      Path elsewhere = directory.resolve("elsewhere" + version);
      Files.move(plate.resolve("B/03/0"), elsewhere);
      Files.createSymbolicLink(plate.resolve("B/03/0"), elsewhere);
      changed(version, plate, plate.resolve("B/03/0"));
    }
  }
}
