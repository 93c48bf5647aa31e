// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.servers.Fault;
import org.ngffspark.servers.FaultProxy;
import org.ngffspark.servers.S3Request;
import org.ngffspark.servers.S3Request.Kind;
import org.ngffspark.servers.WebServer;
import org.ngffspark.servers.WebServer.Habit;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.ReadingContract;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;

final class WebStoreTest {
  private static final WebRetries FAST = new WebRetries(3, Duration.ofMillis(1));
  private static final ByteBuffer VALUE = ByteBuffer.wrap(new byte[50_000]);

  private final List<AutoCloseable> started = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : started) {
      server.close();
    }
  }

  private WebServer server(Habit habit) {
    WebServer server = WebServer.start(habit);
    started.add(server);
    return server;
  }

  private Store store(Habit habit, Map<String, ByteBuffer> values) {
    WebServer server = server(habit);
    values.forEach((key, value) -> server.put("some/plate.zarr/" + key, value));
    return new WebStore(server.uri().resolve("/some/plate.zarr"), FAST);
  }

  @Nested
  final class Contract implements ReadingContract {
    @Override
    public Store storeOf(Map<String, ByteBuffer> values) {
      return store(Habit.RANGES, values);
    }
  }

  @Nested
  final class Redirected implements ReadingContract {
    @Override
    public Store storeOf(Map<String, ByteBuffer> values) {
      return store(Habit.MOVED, values);
    }
  }

  @Test
  void theTimeOfChangeIsTheServers() {
    Store store = store(Habit.RANGES, Map.of("k", VALUE));
    assertThat(store.status("k"))
        .contains(new KeyStatus(50_000, Instant.parse("2026-11-26T21:00:00Z")));
  }

  @Test
  void whatIsGoneIsNotThere() {
    assertThat(store(Habit.GONE, Map.of("k", VALUE)).read("l")).isEmpty();
  }

  @Test
  void aLengthThatIsNotToldBeforeIsFound() {
    assertThat(store(Habit.CHUNKED, Map.of("k", VALUE)).read("k")).contains(VALUE);
  }

  @Test
  void whatIsForbiddenIsNotTakenForMissing() {
    Store store = store(Habit.FORBIDDEN, Map.of("k", VALUE));
    assertThatThrownBy(() -> store.read("l"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("/some/plate.zarr/l: access denied (403)");
  }

  @Test
  void aServerWithoutRangesIsNamed() {
    Store store = store(Habit.WHOLE, Map.of("k", VALUE));
    assertThat(store.read("k")).contains(VALUE);
    assertThat(store.read("k", new ByteRange.Slice(0, 50_000), BufferSource.heap()))
        .contains(VALUE);
    assertThatThrownBy(() -> store.read("k", new ByteRange.Slice(1, 2), BufferSource.heap()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the server sends whole files only");
  }

  @Test
  void keysCannotBeListed() {
    Store store = store(Habit.RANGES, Map.of("k", VALUE));
    assertThat(store.isListed()).isFalse();
    assertThatThrownBy(() -> store.statuses(""))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("web servers have no listing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://h/p.zarr?token=1", "https://h/p#x", "https://me:secret@h/p", "http:/p"})
  void placesThatSayMoreThanServerAndPathAreRefused(String place) {
    assertThatThrownBy(() -> StoreLocations.open(place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected https://server/path");
  }

  @Test
  void nobodyAtTheAddressIsSaid() throws IOException {
    FaultProxy closed = FaultProxy.before(URI.create("http://127.0.0.1:1"));
    closed.close();
    Store store = new WebStore(closed.endpoint(), FAST);
    assertThatThrownBy(() -> store.read("k"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no connection; is the address right")
        .hasMessageContaining("tried 3 times");
  }

  /** A fault for the first requests. */
  private static Function<S3Request, Optional<Fault>> first(int times, Fault fault) {
    AtomicInteger left = new AtomicInteger(times);
    return request -> left.getAndDecrement() > 0 ? Optional.of(fault) : Optional.empty();
  }

  @Test
  void whatMayHelpIsTriedAgainAndNoMoreThanTold() {
    WebServer server = server(Habit.RANGES);
    server.put("p/k", VALUE);
    FaultProxy proxy = FaultProxy.before(server.uri());
    started.add(proxy);
    Store store = new WebStore(proxy.endpoint().resolve("/p"), FAST);
    for (Fault fault :
        List.of(
            Fault.slowDown(),
            Fault.serverError(),
            new Fault.DropAnswer(),
            new Fault.CutAnswer(1000))) {
      proxy.forget();
      proxy.fail(first(2, fault));
      assertThat(store.read("k")).as(fault.toString()).contains(VALUE);
      assertThat(proxy.requests().size()).as(fault.toString()).isGreaterThanOrEqualTo(3);
    }
    proxy.fail(request -> Optional.of(Fault.slowDown()));
    assertThatThrownBy(() -> store.read("k"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the server answered 503 (tried 3 times)");
    proxy.fail(request -> Optional.of(Fault.preconditionFailed()));
    proxy.forget();
    assertThatThrownBy(() -> store.read("k")).hasMessageContaining("the server answered 412");
    assertThat(proxy.counts()).isEqualTo(Map.of(Kind.GET, 1));
  }

  @Test
  void anArchiveOnAServerIsReadByRanges() throws IOException {
    WebServer server = server(Habit.RANGES);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      for (String key : List.of("zarr.json", "c/0")) {
        out.putNextEntry(new ZipEntry(key));
        out.write(VALUE.array());
      }
    }
    server.put("data/p.ozx", ByteBuffer.wrap(zip.toByteArray()));
    FaultProxy proxy = FaultProxy.before(server.uri());
    started.add(proxy);
    Store store = StoreLocations.open(proxy.endpoint() + "/data/p.ozx");
    assertThat(store.read("c/0")).contains(VALUE);
    assertThat(store.list("")).containsExactly("c/0", "zarr.json");
    assertThat(proxy.counts()).isEqualTo(Map.of(Kind.HEAD, 1, Kind.RANGE_GET, 2));
  }
}
