// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.Test;

class SparkDriverTest {
  private static final long PATIENCE_MILLIS = 20_000;

  /** What other users of this machine can do, who do not know the secret. */
  @Test
  void aStrangerIsNotAnswered() throws Exception {
    try (SparkDriver driver = SparkDriver.start("test")) {
      assertThat(driver.master()).startsWith("local");
      int port = SparkContext.getOrCreate().getConf().getInt("spark.driver.port", 0);
      TransportConf conf = new TransportConf("rpc", new MapConfigProvider(Map.of()));
      try (TransportContext stranger = new TransportContext(conf, new NoOpRpcHandler());
          TransportClientFactory clients = stranger.createClientFactory();
          TransportClient client = clients.createClient("127.0.0.1", port)) {
        ByteBuffer message = StandardCharsets.UTF_8.encode("an object of mine");
        assertThatThrownBy(() -> client.sendRpcSync(message, PATIENCE_MILLIS))
            .hasStackTraceContaining("SaslMessage");
      }
    }
  }
}
