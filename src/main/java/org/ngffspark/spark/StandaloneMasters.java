// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.job.EngineException;

/**
 * The masters of a standalone cluster, of which one leads and others stand by. Spark itself asks
 * them for minutes and then says little.
 *
 * @param addresses as {@code host:port}; none if the master is of another kind
 */
record StandaloneMasters(List<String> addresses) {
  private static final String SCHEME = "spark://";
  private static final int PATIENCE_MILLIS = 5000;

  /**
   * @param master as Spark takes it, as {@code spark://a:7077,b:7077}
   */
  static StandaloneMasters of(String master) {
    return master.startsWith(SCHEME)
        ? new StandaloneMasters(Arrays.asList(master.substring(SCHEME.length()).split(",")))
        : new StandaloneMasters(List.of());
  }

  /**
   * @throws EngineException if there are masters and none of them can be connected to
   */
  void requireAnswer() {
    if (addresses.isEmpty()) {
      return;
    }
    EngineException silent =
        new EngineException("No Spark master answers at " + SCHEME + String.join(",", addresses));
    for (String address : addresses) {
      try (Socket socket = new Socket()) {
        socket.connect(place(address), PATIENCE_MILLIS);
        return;
      } catch (IOException unreachable) {
        silent.addSuppressed(unreachable);
      }
    }
    throw silent;
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
