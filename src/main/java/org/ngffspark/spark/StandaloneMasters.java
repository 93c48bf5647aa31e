// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.StreamCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.ngffspark.job.EngineException;

/**
 * The masters of a standalone cluster, of which one leads and others stand by. Spark itself asks
 * them for minutes and then says little.
 *
 * @param addresses as {@code host:port}; none if the master is of another kind
 */
record StandaloneMasters(List<String> addresses) {
  private static final String SCHEME = "spark://";
  private static final String QUESTION = "/files/is-a-master-there";
  private static final int CONNECT_MILLIS = 5000;
  private static final int PATIENCE_MILLIS = 20_000;

  /**
   * @param master as Spark takes it, as {@code spark://a:7077,b:7077}
   */
  static StandaloneMasters of(String master) {
    return master.startsWith(SCHEME)
        ? new StandaloneMasters(Arrays.asList(master.substring(SCHEME.length()).split(",")))
        : new StandaloneMasters(List.of());
  }

  /**
   * @param conf how Spark talks to others
   * @throws EngineException if there are masters and none of them answers
   */
  void requireAnswer(SparkConf conf) {
    // Of a master that speaks TLS only Spark itself knows how to ask.
    if (!conf.getBoolean("spark.ssl.rpc.enabled", false)) {
      requireAnswer(PATIENCE_MILLIS);
    }
  }

  void requireAnswer(int patienceMillis) {
    if (addresses.isEmpty()) {
      return;
    }
    String all = SCHEME + String.join(",", addresses);
    boolean isConnected = false;
    List<Exception> reasons = new ArrayList<>();
    for (String address : addresses) {
      try {
        InetSocketAddress place = place(address);
        connect(place);
        isConnected = true;
        if (answers(place, patienceMillis)) {
          return;
        }
      } catch (IOException unreachable) {
        reasons.add(unreachable);
      }
    }
    EngineException silent =
        new EngineException(
            isConnected
                ? "What listens at "
                    + all
                    + " does not answer as a Spark master does; the URL of a master stands on its page"
                : "No Spark master answers at " + all);
    reasons.forEach(silent::addSuppressed);
    throw silent;
  }

  private static void connect(InetSocketAddress place) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(place, CONNECT_MILLIS);
    }
  }

  /**
   * Asks for a file that no master has, in Spark's own protocol: a master, also one that stands by
   * or wants a secret, says at once that there is none.
   */
  private static boolean answers(InetSocketAddress place, int patienceMillis) throws IOException {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    TransportConf conf = new TransportConf("rpc", new MapConfigProvider(Map.of()));
    try (TransportContext context = new TransportContext(conf, new NoOpRpcHandler());
        TransportClientFactory clients = context.createClientFactory();
        TransportClient client = clients.createClient(place.getHostString(), place.getPort())) {
      client.stream(QUESTION, new Answer(answer));
      return answer.completeOnTimeout(false, patienceMillis, TimeUnit.MILLISECONDS).join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new EngineException("the run was stopped", stopped);
    }
  }

  /**
   * What a master says comes as a plain exception; the end of the connection, or words in another
   * protocol, as one of another class.
   */
  private record Answer(CompletableFuture<Boolean> came) implements StreamCallback {
    @Override
    public void onData(String stream, ByteBuffer data) {
      came.complete(true);
    }

    @Override
    public void onComplete(String stream) {
      came.complete(true);
    }

    @Override
    public void onFailure(String stream, Throwable cause) {
      came.complete(cause.getClass() == RuntimeException.class);
    }
  }

  private static InetSocketAddress place(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      InetSocketAddress place =
          new InetSocketAddress(address.substring(0, Math.max(0, colon)), port);
      if (colon <= 0 || place.isUnresolved()) {
        throw new IOException("No host is known by the name in '" + address + "'");
      }
      return place;
    } catch (IllegalArgumentException malformed) {
      throw new IOException("Not host:port, but '" + address + "'", malformed);
    }
  }
}
