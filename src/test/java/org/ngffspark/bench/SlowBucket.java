// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.ngffspark.hadoop.HadoopStores;
import org.ngffspark.servers.FaultProxy;
import org.ngffspark.servers.S3Server;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.SideBySide;
import org.ngffspark.zarr.store.Store;

/** An S3 server behind a network that adds the same pause to each request. */
public final class SlowBucket {
  private static final int AT_ONCE = 16;

  private SlowBucket() {}

  /**
   * Puts folders into a bucket, prints {@code ENDPOINT BUCKET}, and ends with its input.
   *
   * @param arguments milliseconds of a request, then folders; each keeps its name
   */
  public static void main(String[] arguments) throws IOException {
    S3Server server = S3Server.shared();
    String bucket = server.newBucket();
    for (int i = 1; i < arguments.length; i++) {
      put(Path.of(arguments[i]), server, bucket);
    }
    try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
      proxy.delay(Duration.ofMillis(Long.parseLong(arguments[0])));
      System.out.println(proxy.endpoint() + " " + bucket);
      while (System.in.read() >= 0) {
        // whoever has started it closes its input
      }
    }
  }

  private static void put(Path folder, S3Server server, String bucket) {
    Configuration configuration = new Configuration();
    for (Map.Entry<String, String> setting : server.hadoopSettings().entrySet()) {
      configuration.set(setting.getKey(), setting.getValue());
    }
    Store target =
        HadoopStores.open(
            URI.create("s3a://" + bucket + "/" + folder.getFileName()), configuration);
    Store source = LocalStore.at(folder);
    new SideBySide(AT_ONCE)
        .run(source.list(""), key -> target.write(key, source.read(key).orElseThrow()));
  }
}
