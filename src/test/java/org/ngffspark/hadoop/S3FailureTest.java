// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.servers.Fault;
import org.ngffspark.servers.FaultProxy;
import org.ngffspark.servers.S3Server;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;

/** What people are told when a bucket cannot be reached or refuses, and what passes by itself. */
final class S3FailureTest {
  private static final String KEY = "a/key";
  private static final String ANONYMOUS =
      "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider";

  private final S3Server server = S3Server.shared();

  /** Whoever waits for a server that does not come back waits less here. */
  private Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(server.hadoopSettings());
    settings.put("fs.s3a.attempts.maximum", "1");
    settings.putAll(more);
    return settings;
  }

  private Store store(Map<String, String> more) {
    return HadoopTestStores.onS3(server.newBucket(), settings(more));
  }

  /** The operations of reading and of writing; a status has no text that could tell more. */
  private static List<ThrowingCallable> operations(Store store) {
    return List.of(
        () -> store.read(KEY),
        () -> store.write(KEY, bytes(1)),
        () -> store.writeIfAbsent(KEY, bytes(1)),
        () -> store.list("a"));
  }

  private static void assertRefused(Store store, String... words) {
    for (ThrowingCallable operation : operations(store)) {
      assertThatThrownBy(operation)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(store.uri() + "/a")
          .hasMessageContainingAll(words);
    }
  }

  @Test
  void aBucketThatIsNotThereIsNoMissingKey() {
    assertRefused(
        HadoopTestStores.onS3("no-such-bucket", settings(Map.of())),
        "404 NoSuchBucket",
        "there is no such bucket at this endpoint (fs.s3a.endpoint)");
  }

  @Test
  void wrongCredentialsAreToldApartFromNone() {
    assertRefused(
        store(Map.of("fs.s3a.secret.key", "wrong")),
        "403 SignatureDoesNotMatch",
        "the server does not know these credentials (fs.s3a.access.key, fs.s3a.secret.key)");
    assertRefused(
        store(Map.of("fs.s3a.access.key", "wrong")),
        "403 InvalidAccessKeyId",
        "the server does not know these credentials");
    assertRefused(
        store(
            Map.of(
                "fs.s3a.aws.credentials.provider",
                "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                "fs.s3a.access.key",
                "",
                "fs.s3a.secret.key",
                "")),
        "No AWS credentials",
        "give credentials (fs.s3a.access.key and fs.s3a.secret.key",
        ANONYMOUS);
  }

  @Test
  void anEndpointThatIsNotThereIsNamed() {
    assertRefused(
        store(Map.of("fs.s3a.endpoint", "http://no-such-host.invalid")),
        "unknown host no-such-host.invalid",
        "look at the endpoint (fs.s3a.endpoint) and the network");
    assertRefused(
        store(Map.of("fs.s3a.endpoint", "http://127.0.0.1:9")),
        "Connect to 127.0.0.1:9",
        "look at the endpoint (fs.s3a.endpoint) and the network");
  }

  @Test
  void whoHasNoCredentialsReadsWhatIsPublicAndWritesNothing() throws IOException {
    // The server of the tests shows to everybody what its files show.
    String bucket = server.newBucket();
    Path file = server.folder().resolve(bucket).resolve(HadoopTestStores.FOLDER).resolve(KEY);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {1, 2});
    Store anybody =
        HadoopTestStores.onS3(
            bucket,
            settings(
                Map.of(
                    "fs.s3a.aws.credentials.provider",
                    ANONYMOUS,
                    "fs.s3a.access.key",
                    "",
                    "fs.s3a.secret.key",
                    "")));
    assertThat(anybody.read(KEY)).contains(bytes(1, 2));
    assertThat(anybody.list("")).containsExactly(KEY);
    assertThatThrownBy(() -> anybody.write(KEY, bytes(3)))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(
            "403 AccessDenied", "these credentials may not do this: ask the owner of the bucket");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, these credentials may not do this",
    "301, PermanentRedirect, the bucket is in another region (fs.s3a.endpoint.region)",
    "400, AuthorizationHeaderMalformed, the bucket is in another region (fs.s3a.endpoint.region)",
    "400, ExpiredToken, the credentials have expired: renew them",
    "503, SlowDown, 'the server asks for fewer requests, also after growing pauses'",
  })
  void whatAServerRefusesIsToldWithWhatToDo(int status, String code, String advice)
      throws IOException {
    try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
      Store store = store(Map.of("fs.s3a.endpoint", proxy.endpoint().toString()));
      proxy.fail(request -> Optional.of(new Fault.Answer(status, code)));
      assertRefused(store, Integer.toString(status), code, advice);
      assertThatThrownBy(() -> store.status(KEY))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(store.uri() + "/" + KEY, Integer.toString(status), "; ");
    }
  }

  @Test
  void requestsThatAServerPutsOffAreSentAgainAndCounted() throws IOException {
    try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
      Store store =
          store(
              Map.of(
                  "fs.s3a.endpoint", proxy.endpoint().toString(), "fs.s3a.attempts.maximum", "5"));
      assertThat(store.requestsRepeated()).isZero();
      AtomicInteger asked = new AtomicInteger();
      proxy.fail(
          request ->
              asked.incrementAndGet() % 2 == 1 ? Optional.of(Fault.slowDown()) : Optional.empty());
      store.write(KEY, bytes(1, 2));
      assertThat(store.read(KEY)).contains(bytes(1, 2));
      assertThat(store.status(KEY)).isPresent();
      assertThat(store.requestsRepeated()).isEqualTo(3);
      assertThat(proxy.requests()).hasSize(6);
    }
  }
}
