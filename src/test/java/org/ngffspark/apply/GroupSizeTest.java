// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;

class GroupSizeTest {
  private static final long MICROSECOND = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private record Wanting(int objectsAtOnce, int callsAtOnce) implements MaskedTransform {
    @Override
    public String name() {
      return "wanting";
    }

    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }

  @Test
  void growsWhileCallsAreQuick() {
    GroupSize size = GroupSize.of(new Wanting(1, 6));
    for (int expected : new int[] {1, 4, 6, 6}) {
      assertThat(size.next()).isEqualTo(expected);
      size.took(100 * MICROSECOND, size.next());
    }
  }

  @Test
  void isOneForCallsThatTakeTheirTimeOrFail() {
    GroupSize size = GroupSize.of(new Wanting(1, 32));
    size.took(2 * SECOND, 1);
    assertThat(size.next()).isEqualTo(1);
    size.took(MICROSECOND, 16);
    assertThat(size.next()).isEqualTo(32);
    size.took(SECOND, 32);
    assertThat(size.next()).isEqualTo(1);
    size.took(MICROSECOND, 16);
    size.failed();
    assertThat(size.next()).isEqualTo(1);
  }

  @Test
  void isOneWhereTheTimeOfEachIsLimited() {
    GroupSize size = GroupSize.timed(new Wanting(1, 32));
    size.took(MICROSECOND, 1);
    assertThat(size.next()).isEqualTo(1);
  }

  @Test
  void isWhatATransformWantsTogether() {
    GroupSize size = GroupSize.timed(new Wanting(64, 1));
    size.took(9 * SECOND, 64);
    assertThat(size.next()).isEqualTo(64);
    size.failed();
    assertThat(size.next()).isEqualTo(64);
  }
}
