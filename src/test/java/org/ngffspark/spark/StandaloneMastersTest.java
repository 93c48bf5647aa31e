// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.Test;
import org.ngffspark.job.EngineException;

class StandaloneMastersTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = 20_000;

  /** What a master says of files that it has not. */
  private static final class WithoutFiles extends NoOpRpcHandler {
    @Override
    public StreamManager getStreamManager() {
      return new StreamManager() {
        @Override
        public ManagedBuffer getChunk(long stream, int chunk) {
          throw new IllegalArgumentException("There is no stream " + stream);
        }

        @Override
        public ManagedBuffer openStream(String stream) {
          throw new IllegalArgumentException("There is no file " + stream);
        }
      };
    }
  }

  private static int silentPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, HERE)) {
      return closed.getLocalPort();
    }
  }

  @Test
  void aMasterThatDoesNotAnswerIsNamed() throws IOException {
    String master = "spark://127.0.0.1:" + silentPort();
    assertThatThrownBy(() -> StandaloneMasters.of(master).requireAnswer(PATIENCE_MILLIS))
        .isInstanceOf(EngineException.class)
        .hasMessage("No Spark master answers at " + master);
  }

  @Test
  void oneOfSeveralIsEnough() throws IOException {
    TransportConf conf = new TransportConf("rpc", new MapConfigProvider(Map.of()));
    try (TransportContext context = new TransportContext(conf, new WithoutFiles());
        TransportServer spark = context.createServer("127.0.0.1", 0, List.of())) {
      String master = "spark://127.0.0.1:" + silentPort() + ",127.0.0.1:" + spark.getPort();
      assertThatCode(() -> StandaloneMasters.of(master).requireAnswer(PATIENCE_MILLIS))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatTakesConnectionsAndIsNoMasterIsNamed() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, HERE)) {
      String master = "spark://127.0.0.1:" + mute.getLocalPort();
      assertThatThrownBy(() -> StandaloneMasters.of(master).requireAnswer(100))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("What listens at " + master + " does not answer");
    }
  }

  @Test
  void placesThatAreNoneDoNotAnswer() {
    for (String place :
        new String[] {"127.0.0.1", "127.0.0.1:http", ":7077", "host.invalid:7077"}) {
      assertThatThrownBy(
              () -> StandaloneMasters.of("spark://" + place).requireAnswer(PATIENCE_MILLIS))
          .as(place)
          .isInstanceOf(EngineException.class)
          .satisfies(silent -> assertThat(silent.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void otherMastersAreLeftToSpark() {
    for (String master : new String[] {"local[*]", "yarn", "k8s://https://host:6443"}) {
      assertThatCode(() -> StandaloneMasters.of(master).requireAnswer(PATIENCE_MILLIS))
          .as(master)
          .doesNotThrowAnyException();
    }
  }
}
