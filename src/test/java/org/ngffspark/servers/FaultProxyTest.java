// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ngffspark.servers.S3Request.Kind;

class FaultProxyTest {
  private static final byte[] VALUE = new byte[100_000];

  private FaultProxy proxy;
  private FileSystem files;
  private Path key;

  @BeforeEach
  void connect() throws IOException {
    S3Server server = S3Server.shared();
    proxy = FaultProxy.before(server.endpoint());
    URI bucket = URI.create("s3a://" + server.newBucket());
    key = new Path(bucket.resolve("/folder/key"));
    Configuration configuration = new Configuration();
    Map<String, String> settings = new HashMap<>(S3Server.hadoopSettings(proxy.endpoint()));
    settings.put("fs.s3a.create.performance", "true");
    settings.put("fs.s3a.retry.interval", "1ms");
    settings.put("fs.s3a.retry.throttle.interval", "1ms");
    settings.put("fs.s3a.attempts.maximum", "3");
    settings.forEach(configuration::set);
    files = FileSystem.newInstance(bucket, configuration);
  }

  @AfterEach
  void disconnect() throws IOException {
    files.close();
    proxy.close();
  }

  private void write() throws IOException {
    try (FSDataOutputStream out = files.create(key)) {
      out.write(VALUE);
    }
  }

  private byte[] read() throws IOException {
    byte[] value = new byte[VALUE.length];
    try (var in = files.open(key)) {
      in.readFully(0, value);
    }
    return value;
  }

  /** A fault for the first requests of a kind. */
  private static Function<S3Request, Optional<Fault>> first(int times, Kind kind, Fault fault) {
    AtomicInteger left = new AtomicInteger(times);
    return request ->
        request.kind() == kind && left.getAndDecrement() > 0
            ? Optional.of(fault)
            : Optional.empty();
  }

  @Test
  void requestsAreCountedByKind() throws IOException {
    write();
    assertThat(read()).isEqualTo(VALUE);
    assertThat(proxy.counts()).containsEntry(Kind.PUT, 1).containsEntry(Kind.RANGE_GET, 1);
    assertThat(proxy.requests().get(0).key()).contains("folder/key");
    proxy.forget();
    files.rename(key, key.suffix("-moved"));
    assertThat(proxy.counts()).containsEntry(Kind.COPY, 1).containsEntry(Kind.DELETE, 1);
    proxy.forget();
    files.listStatus(key.getParent());
    assertThat(proxy.counts()).containsOnlyKeys(Kind.LIST);
  }

  @Test
  void aLostRequestALostAnswerAndAServerInNeedAreTriedAgain() throws IOException {
    for (Fault fault :
        List.of(
            Fault.serverError(),
            Fault.slowDown(),
            new Fault.DropRequest(),
            new Fault.DropAnswer(),
            new Fault.Delay(Duration.ofMillis(1)))) {
      proxy.forget();
      proxy.fail(first(1, Kind.PUT, fault));
      write();
      assertThat(proxy.counts().get(Kind.PUT))
          .as(fault.toString())
          .isEqualTo(fault instanceof Fault.Delay ? 1 : 2);
    }
    assertThat(read()).isEqualTo(VALUE);
  }

  @Test
  void anAnswerThatIsCutOffIsReadAgain() throws IOException {
    write();
    proxy.fail(first(1, Kind.RANGE_GET, new Fault.CutAnswer(1000)));
    assertThat(read()).isEqualTo(VALUE);
    assertThat(proxy.counts()).containsEntry(Kind.RANGE_GET, 2);
  }

  @Test
  void expiredCredentialsAndABrokenConditionFailUntilTheProxyHeals() throws IOException {
    for (Fault fault : List.of(Fault.expiredCredentials(), Fault.preconditionFailed())) {
      proxy.fail(request -> Optional.of(fault));
      assertThatThrownBy(this::write)
          .as(fault.toString())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(((Fault.Answer) fault).code());
    }
    proxy.heal();
    write();
    assertThat(read()).isEqualTo(VALUE);
  }
}
