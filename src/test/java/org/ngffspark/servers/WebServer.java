// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server of files in memory, on the loopback address, with the habits of several. */
public final class WebServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /** How a server answers. */
  public enum Habit {
    /** Whole files, and parts of them to those who ask. */
    RANGES,
    /** Whole files, whatever is asked. */
    WHOLE,
    /** Whole files without telling their length before. */
    CHUNKED,
    /** 403 for what is not there, as buckets that may not be listed. */
    FORBIDDEN,
    /** 410 for what is not there. */
    GONE,
    /** Sends whoever asks for {@code /path} to {@code /moved/path}. */
    MOVED
  }

  private final HttpServer server;
  private final Habit habit;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  private WebServer(HttpServer server, Habit habit) {
    this.server = server;
    this.habit = habit;
  }

  /** Starts one on a free port. */
  public static WebServer start(Habit habit) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      WebServer started = new WebServer(HttpServer.create(any, 0), habit);
      started.server.createContext("/", started::answer);
      started.server.start();
      return started;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Shows a file from now on. */
  public void put(String path, ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    files.put(path, bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (habit == Habit.MOVED && !path.startsWith("/moved/")) {
        String moved = "/moved" + exchange.getRequestURI().getRawPath();
        exchange.getResponseHeaders().set("Location", moved);
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      Optional<byte[]> file = Optional.ofNullable(files.get(path.replaceFirst("^/(moved/)?", "")));
      if (file.isEmpty()) {
        int status = habit == Habit.FORBIDDEN ? 403 : habit == Habit.GONE ? 410 : 404;
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.getResponseHeaders().set("Last-Modified", "Thu, 26 Nov 2026 21:00:00 GMT");
      send(exchange, file.get());
    }
  }

  private void send(HttpExchange exchange, byte[] file) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + file.length);
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Matcher range =
        RANGE.matcher(
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse(""));
    if (habit != Habit.WHOLE && range.matches()) {
      sendPart(exchange, file, range);
      return;
    }
    boolean isEmpty = file.length == 0 && habit != Habit.CHUNKED;
    exchange.sendResponseHeaders(200, isEmpty ? -1 : habit == Habit.CHUNKED ? 0 : file.length);
    exchange.getResponseBody().write(file);
  }

  private static void sendPart(HttpExchange exchange, byte[] file, Matcher range)
      throws IOException {
    boolean isSuffix = range.group(1).isEmpty();
    long first =
        isSuffix
            ? Math.max(0, file.length - Long.parseLong(range.group(2)))
            : Long.parseLong(range.group(1));
    long last =
        isSuffix ? file.length - 1 : Math.min(file.length - 1, Long.parseLong(range.group(2)));
    if (first > last) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(first, last, file.length));
    byte[] part = Arrays.copyOfRange(file, (int) first, (int) last + 1);
    exchange.sendResponseHeaders(206, part.length);
    exchange.getResponseBody().write(part);
  }
}
