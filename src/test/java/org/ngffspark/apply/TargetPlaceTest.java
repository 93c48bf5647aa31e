// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;

/** How targets are called; nothing is read. */
class TargetPlaceTest {
  private static final PixelTarget IMAGE = PixelTarget.image();
  private static final PixelTarget LABEL = new PixelTarget.OfLabel("cells", 0);

  private static ImageRef ref(String root, String path) {
    return new ImageRef(URI.create(root), path);
  }

  private static Destination sibling(String suffix) {
    return new Destination.Sibling(suffix, Existing.REFUSE);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///data/a.zarr, '', /data/a_x.zarr, /data/a.zarr",
    "file:///data/a.zarr/, '', /data/a_x.zarr, /data/a.zarr",
    "file:///data/a.ome.zarr, '', /data/a_x.ome.zarr, /data/a.ome.zarr",
    "file:///data/a, '', /data/a_x, /data/a",
    "file:///my%20data/a.zarr, '', /my data/a_x.zarr, /my data/a.zarr",
    "file:///data/plate.zarr, B/03/0, /data/plate.zarr/B/03/0_x, /data/plate.zarr/B/03/0",
    "file:///data/all, a.zarr, /data/all/a_x.zarr, /data/all/a.zarr",
    "file:///data/plate.zarr/, B/03/0, /data/plate.zarr/B/03/0_x, /data/plate.zarr/B/03/0"
  })
  void siblingsLieBesideTheImageAndKeepItsExtension(
      String root, String path, String beside, String itself) {
    TargetPlace target = TargetPlace.of(ref(root, path), IMAGE, sibling("_x"));
    assertThat(target.location()).isEqualTo(beside);
    assertThat(target.isInPlace()).isFalse();
    assertThat(target.sourceFromTarget())
        .isEqualTo("../" + itself.substring(itself.lastIndexOf('/') + 1));
    TargetPlace inPlace = TargetPlace.of(ref(root, path), IMAGE, new Destination.InPlace());
    assertThat(inPlace.location()).isEqualTo(itself);
    assertThat(inPlace.isInPlace()).isTrue();
    assertThat(inPlace.sourceFromTarget()).isEqualTo(".");
  }

  @Test
  void aSiblingOfALabelImageLiesInTheSameContainer() {
    TargetPlace target = TargetPlace.of(ref("file:///d/p.zarr", "B/03/0"), LABEL, sibling("_x"));
    assertThat(target.location()).isEqualTo("/d/p.zarr/B/03/0/labels/cells_x");
    assertThat(target.container()).isEqualTo(target.source());
    assertThat(target.sourceFromTarget()).isEqualTo("../cells");
  }

  @Test
  void aNewImageTellsWhereItComesFrom() {
    Destination elsewhere =
        new Destination.NewImage(URI.create("file:///out/new.zarr"), Existing.REPLACE);
    TargetPlace target = TargetPlace.of(ref("file:///d/p.zarr", "B/03/0"), IMAGE, elsewhere);
    assertThat(target.location()).isEqualTo("/out/new.zarr");
    assertThat(target.isReplaced()).isTrue();
    assertThat(target.sourceFromTarget()).isEqualTo("file:///d/p.zarr/B/03/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "../x", "a b", "ä"})
  void aSuffixIsAPartOfAName(String suffix) {
    assertThatThrownBy(() -> sibling(suffix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got '" + suffix + "'");
  }
}
