// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.ngffspark.job.EngineException;

class StandaloneMastersTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private static int silentPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, HERE)) {
      return closed.getLocalPort();
    }
  }

  @Test
  void aMasterThatDoesNotAnswerIsNamed() throws IOException {
    String master = "spark://127.0.0.1:" + silentPort();
    assertThatThrownBy(() -> StandaloneMasters.of(master).requireAnswer())
        .isInstanceOf(EngineException.class)
        .hasMessage("No Spark master answers at " + master);
  }

  @Test
  void oneOfSeveralIsEnough() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 1, HERE)) {
      String master = "spark://127.0.0.1:" + silentPort() + ",127.0.0.1:" + open.getLocalPort();
      assertThatCode(() -> StandaloneMasters.of(master).requireAnswer()).doesNotThrowAnyException();
    }
  }

  @Test
  void placesThatAreNoneDoNotAnswer() {
    for (String place :
        new String[] {"127.0.0.1", "127.0.0.1:http", ":7077", "host.invalid:7077"}) {
      assertThatThrownBy(() -> StandaloneMasters.of("spark://" + place).requireAnswer())
          .as(place)
          .isInstanceOf(EngineException.class)
          .satisfies(silent -> assertThat(silent.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void otherMastersAreLeftToSpark() {
    for (String master : new String[] {"local[*]", "yarn", "k8s://https://host:6443"}) {
      assertThatCode(() -> StandaloneMasters.of(master).requireAnswer())
          .as(master)
          .doesNotThrowAnyException();
    }
  }
}
