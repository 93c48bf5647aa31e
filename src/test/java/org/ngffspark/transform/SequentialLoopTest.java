// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.Container;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.TestContainer;
import org.ngffspark.zarr.nd.DataType;

class SequentialLoopTest {

  /** Adds 1 to every pixel: of an object that was read after its neighbour it would add 2. */
  private static final class PlusOne implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(MaskedPatch object, Patch result) {
      IntStream.range(0, result.size()).forEach(i -> result.set(i, object.patch().value(i) + 1));
    }
  }

  private static TestContainer kind() {
    return TestContainer.plane().withType(DataType.INT32);
  }

  @Test
  void everyPixelOfAnObjectIsTransformedOnce() {
    Container before = kind().create();
    Container target = kind().create();
    SequentialLoop.of(new PlusOne(), "nuclei").zoomed(2).run(before, target);
    Patch was = before.image().read();
    Patch is = target.image().read();
    Patch ids = before.label("nuclei").read();
    for (int i = 0; i < was.size(); i++) {
      long added = ids.integer(i % ids.size()) == 0 ? 0 : 1;
      assertThat((int) is.integer(i)).isEqualTo((int) (was.integer(i) + added));
    }
  }

  @Test
  void readsNeverSeeWhatWasWritten() {
    Container before = kind().create();
    Container target = kind().create();
    SequentialLoop whole =
        new SequentialLoop(
            new PlusOne(),
            org.ngffspark.image.Masking.by("cells"),
            0,
            "",
            org.ngffspark.roi.Growth.by(2),
            org.ngffspark.image.ChannelSelection.all(),
            SequentialLoop.Extent.WHOLE_BOX,
            id -> true);
    whole.run(before, target);
    Patch was = before.image().read();
    Patch is = target.image().read();
    for (int i = 0; i < was.size(); i++) {
      assertThat((int) (is.integer(i) - was.integer(i))).isBetween(0, 1);
    }
    assertThat(SequentialLoop.differences(before.image(), target.image())).isPositive();
  }
}
