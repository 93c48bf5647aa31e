// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * An HTTP proxy between a client and an S3 server: keeps a list of all requests, and drops, delays
 * or answers those that a test picks. Each connection of a client has one to the server.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Function<S3Request, Optional<Fault>> NONE = request -> Optional.empty();

  private final URI server;
  private final ServerSocket socket;
  private final Queue<S3Request> requests = new ConcurrentLinkedQueue<>();
  private volatile Function<S3Request, Optional<Fault>> faults = NONE;

  private FaultProxy(URI server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /** Starts one on a free port of the loopback address. */
  public static FaultProxy before(URI server) {
    try {
      ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, socket);
      start("proxy " + socket.getLocalPort(), proxy::accept);
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Asked for each request from now on, by several threads at once, in place of faults before. */
  public void fail(Function<S3Request, Optional<Fault>> picked) {
    faults = picked;
  }

  /** Delays every request from now on, as a network does. */
  public void delay(Duration pause) {
    faults = request -> Optional.of(new Fault.Delay(pause));
  }

  /** Hands all requests on from now on. */
  public void heal() {
    faults = NONE;
  }

  /** All requests so far, those that failed included, in the order of their arrival. */
  public List<S3Request> requests() {
    return List.copyOf(requests);
  }

  /** How many requests there were so far, by kind; kinds without requests are left out. */
  public Map<S3Request.Kind, Integer> counts() {
    Map<S3Request.Kind, Integer> counts = new EnumMap<>(S3Request.Kind.class);
    requests.forEach(request -> counts.merge(request.kind(), 1, Integer::sum));
    return counts;
  }

  /** Forgets the requests so far. */
  public void forget() {
    requests.clear();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        start("proxied " + client.getPort(), () -> serve(client));
      } catch (IOException failure) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(failure);
        }
      }
    }
  }

  /** Serves a connection until one of the two ends it, which is how connections end. */
  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      Link up = Link.of(upstream);
      Link down = Link.of(client);
      Optional<HttpHead> request = HttpHead.read(down.in);
      while (request.isPresent() && exchange(request.get(), down, up)) {
        request = HttpHead.read(down.in);
      }
    } catch (IOException | InterruptedException ended) {
      // The client sees its connection end, as it would without a proxy.
      return;
    }
  }

  /** The two directions of a connection. */
  private record Link(InputStream in, OutputStream out) {
    static Link of(Socket socket) throws IOException {
      return new Link(
          new BufferedInputStream(socket.getInputStream()),
          new BufferedOutputStream(socket.getOutputStream()));
    }
  }

  /** Serves one request; returns whether the connection goes on. */
  private boolean exchange(HttpHead request, Link client, Link upstream)
      throws IOException, InterruptedException {
    S3Request asked = S3Request.of(request.word(0), request.word(1), request.headers());
    requests.add(asked);
    Optional<Fault> fault = faults.apply(asked);
    if (fault.orElse(null) instanceof Fault.DropRequest) {
      return false;
    }
    if (fault.orElse(null) instanceof Fault.Delay delay) {
      Thread.sleep(delay.pause().toMillis());
    }
    if (request.headers().containsKey("expect")) {
      new HttpHead(List.of("HTTP/1.1 100 Continue")).write(client.out);
    }
    if (fault.orElse(null) instanceof Fault.Answer answer) {
      request.copyBody(client.in, OutputStream.nullOutputStream(), Long.MAX_VALUE);
      answer(answer, hasBody(request, answer.status()), client.out);
      return true;
    }
    request.without("expect").write(upstream.out);
    request.copyBody(client.in, upstream.out, Long.MAX_VALUE);
    return answer(request, fault, upstream.in, client.out);
  }

  private static boolean answer(
      HttpHead request, Optional<Fault> fault, InputStream upstream, OutputStream client)
      throws IOException {
    HttpHead answer = HttpHead.read(upstream).orElseThrow(() -> new IOException("no answer"));
    if (fault.orElse(null) instanceof Fault.DropAnswer) {
      return false;
    }
    answer.write(client);
    if (!hasBody(request, Integer.parseInt(answer.word(1)))) {
      return true;
    }
    long limit = fault.orElse(null) instanceof Fault.CutAnswer cut ? cut.bytes() : Long.MAX_VALUE;
    return answer.copyBody(upstream, client, limit);
  }

  private static boolean hasBody(HttpHead request, int status) {
    return !request.word(0).equals("HEAD") && status != 204 && status != 304;
  }

  private static void answer(Fault.Answer answer, boolean hasBody, OutputStream client)
      throws IOException {
    byte[] body =
        "<Error><Code>%s</Code><Message>as the test wants it</Message></Error>"
            .formatted(answer.code())
            .getBytes(StandardCharsets.UTF_8);
    new HttpHead(
            List.of(
                "HTTP/1.1 " + answer.status() + " " + answer.code(),
                "Content-Type: application/xml",
                "Content-Length: " + body.length))
        .write(client);
    if (hasBody) {
      client.write(body);
      client.flush();
    }
  }
}
