// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIf;
import org.ngffspark.servers.MotoServer;
import org.ngffspark.servers.S3Server;
import org.ngffspark.zarr.store.ConditionsContract;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreContract;

/** The contract on a second server, so that it is none of the habits of the first. */
@EnabledIf("hasPython")
final class MotoStoreTest implements StoreContract, ConditionsContract {
  private final URI server = MotoServer.endpoint();

  static boolean hasPython() {
    return MotoServer.python().isPresent();
  }

  @Override
  public Store newStore() {
    String bucket = "test-" + UUID.randomUUID();
    create(bucket);
    return HadoopTestStores.onS3(bucket, S3Server.hadoopSettings(server));
  }

  /** It asks for no signature. */
  private void create(String bucket) {
    try {
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(server.resolve("/" + bucket))
                  .header("Authorization", "AWS4-HMAC-SHA256 Credential=x/20261127/us-east-1/s3/x")
                  .PUT(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.discarding());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }

  @Override
  public int tries() {
    return 10;
  }
}
