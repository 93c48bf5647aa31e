// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 50).boxed().toList();

  @Test
  void whatHoldsIsKeptInItsOrder() {
    assertThat(Threads.filter(NUMBERS, number -> number % 7 == 0))
        .containsExactly(0, 7, 14, 21, 28, 35, 42, 49);
    assertThat(Threads.filter(List.<Integer>of(), number -> true)).isEmpty();
  }

  @Test
  void severalAreAskedAtATime() {
    CountDownLatch asked = new CountDownLatch(2);
    assertThat(Threads.filter(NUMBERS, number -> arrives(asked))).isEqualTo(NUMBERS);
  }

  private static boolean arrives(CountDownLatch asked) {
    asked.countDown();
    try {
      return asked.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void theFirstFailureIsThrownAsItIs() {
    assertThatThrownBy(() -> Threads.filter(NUMBERS, ThreadsTest::isSmall))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number 4");
  }

  private static boolean isSmall(int number) {
    if (number > 3) {
      throw new IllegalArgumentException("number " + number);
    }
    return true;
  }
}
