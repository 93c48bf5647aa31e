// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class MaskedPatchTest {
  private static final Axes YX = Axes.of("y", "x");
  private static final Patch PIXELS =
      Patches.of(
          DataType.UINT16, Axes.of("c", "y", "x"), Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
  private static final Patch LABELS = Patches.of(DataType.UINT32, YX, Shape.of(2, 2), 0, 4, 4, 9);

  @Test
  void holdsTheObjectItsRingAndItsNeighboursInEveryChannel() {
    MaskedPatch object = MaskedPatch.of(PIXELS, LABELS, 4, List.of("DAPI", "GFP"));
    assertThat(object.mask().toArray()).containsExactly(1, 2, 5, 2);
    assertThat(object.maskOf(0).toArray()).containsExactly(0, 1, 4, 1);
    assertThat(object.maskOf(9).toArray()).containsExactly(3, 1, 7, 1);
    assertThat(object.labelAt(7)).isEqualTo(9);
    assertThat(object.axes()).isEqualTo(PIXELS.axes());
    assertThatThrownBy(() -> object.labelAt(8)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void writtenIsTheMaskUnlessTheWholeBoxIs() {
    MaskedPatch object = MaskedPatch.of(PIXELS, LABELS, 4, List.of());
    assertThat(object.written()).isEqualTo(object.mask());
    assertThat(object.unmasked().written()).isEqualTo(Mask.full(PIXELS.shape()));
    assertThat(object.unmasked().mask()).isEqualTo(object.mask());
    assertThat(object.unmasked().notes()).isSameAs(object.notes());
  }

  @Test
  void aMaskOfAnotherShapeIsRefused() {
    Mask small = Mask.full(Shape.of(1, 2, 2));
    Mask right = Mask.full(PIXELS.shape());
    assertThatThrownBy(
            () -> new MaskedPatch(PIXELS, LABELS, small, right, 4, List.of(), new Notes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A mask over [1, 2, 2] does not fit a patch of shape [2, 2, 2]");
    assertThatThrownBy(
            () -> new MaskedPatch(PIXELS, LABELS, right, small, 4, List.of(), new Notes()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameNoteCountsOnce() {
    Notes notes = new Notes();
    notes.add("kept");
    notes.add("empty");
    notes.add("kept");
    assertThat(notes.texts()).containsExactly("kept", "empty");
  }
}
