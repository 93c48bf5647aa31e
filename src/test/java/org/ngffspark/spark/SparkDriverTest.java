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

  /** The longest name that Kubernetes takes has 253 characters. */
  @Test
  void podsOfLongCommandsHaveNamesThatKubernetesTakes() {
    String command = "ngff-spark: submit.sh transform /images/plate.zarr " + "-".repeat(300);
    String name = SparkDriver.applicationName(command, "k8s://https://host:6443");
    assertThat(command).startsWith(name);
    assertThat(name + "-0123456789abcdef-exec-1000000").hasSizeLessThanOrEqualTo(253);
    assertThat(SparkDriver.applicationName(command, "yarn")).isEqualTo(command);
  }

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
