// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.ReadOnlyStore;
import org.ngffspark.zarr.store.SideBySide;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreKeys;

/**
 * A folder of a web server, to be read, without listing: a key is a path below the folder's, and
 * one that the server does not find (404, 410) is not there. Parts are read by range requests (RFC
 * 9110, section 14), which the server has to know.
 */
final class WebStore extends ReadOnlyStore {
  private static final long serialVersionUID = 1L;

  /** Few enough not to be taken for an attack by a public server. */
  private static final int AT_ONCE = 8;

  private final URI uri;
  private final WebClient client;

  /**
   * @throws IllegalArgumentException if the URI has more than server and path, which messages and
   *     histories of images would tell everybody
   */
  WebStore(URI uri, WebRetries retries) {
    if (uri.getHost() == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "'" + uri + "' is no place that can be read; expected https://server/path, no ? and #");
    }
    this.uri = URI.create(uri.toString().replaceAll("/+$", ""));
    this.client = new WebClient(retries);
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  protected String kind() {
    return "what a web server shows";
  }

  @Override
  public boolean isListed() {
    return false;
  }

  private URI place(String key) {
    return URI.create(uri + StoreKeys.escaped(StoreKeys.check(key)));
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    BufferSource once = new FirstBuffer(buffers, place(key));
    return client.ask(
        HttpRequest.newBuilder(place(key)),
        response -> isThere(response) ? Optional.of(body(response, once)) : Optional.empty());
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    if (isEmpty(range)) {
      return status(key)
          .map(status -> within(key, range, status.length()))
          .map(slice -> buffers.take(slice.length()));
    }
    BufferSource once = new FirstBuffer(buffers, place(key));
    return client.ask(
        HttpRequest.newBuilder(place(key)).header("Range", header(range)),
        response ->
            response.statusCode() != 416 && !isThere(response)
                ? Optional.empty()
                : Optional.of(part(key, range, response, once)));
  }

  private static boolean isEmpty(ByteRange range) {
    return range instanceof ByteRange.Slice slice
        ? slice.length() == 0
        : range.equals(new ByteRange.Suffix(0));
  }

  private static String header(ByteRange range) {
    if (range instanceof ByteRange.Slice slice) {
      // A length that goes beyond all numbers goes beyond the value as well.
      long last = slice.offset() + Math.min(slice.length(), Long.MAX_VALUE - slice.offset()) - 1;
      return "bytes=" + slice.offset() + "-" + last;
    }
    return "bytes=-" + ((ByteRange.Suffix) range).length();
  }

  private ByteRange.Slice within(String key, ByteRange range, long length) {
    return range
        .within(length)
        .orElseThrow(() -> StoreException.outside(place(key).toString(), range, length));
  }

  private ByteBuffer part(
      String key, ByteRange range, HttpResponse<InputStream> response, BufferSource buffers)
      throws IOException {
    if (response.statusCode() == 200) {
      return whole(key, range, response, buffers);
    }
    ContentRange sent = ContentRange.of(response);
    ByteRange.Slice slice = within(key, range, sent.total());
    if (sent.first() != slice.offset() || sent.length() != slice.length()) {
      throw new StoreException(
          "read", place(key).toString(), "the server sent other bytes than " + slice);
    }
    return body(response, buffers);
  }

  /** A server may send the whole value only if that is what was asked for. */
  private ByteBuffer whole(
      String key, ByteRange range, HttpResponse<InputStream> response, BufferSource buffers)
      throws IOException {
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (length >= 0 && within(key, range, length).length() == length) {
      return body(response, buffers);
    }
    throw new StoreException(
        "read",
        place(key).toString(),
        "the server sends whole files only, and shards and archives are read by range requests;"
            + " copy it, or ask who runs the server");
  }

  private static ByteBuffer body(HttpResponse<InputStream> response, BufferSource buffers)
      throws IOException {
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new StoreException(
          "read", response.uri().toString(), "the server compresses it (" + encoding + ")");
    }
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (length < 0) {
      byte[] all = response.body().readAllBytes();
      return buffers.take(all.length).put(all).flip();
    }
    ByteBuffer buffer = buffers.take(length);
    ReadableByteChannel body = Channels.newChannel(response.body());
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = body.read(buffer);
    }
    if (buffer.hasRemaining()) {
      throw new IOException(
          "the answer ended after %d of %d bytes".formatted(buffer.position(), length));
    }
    return buffer.flip();
  }

  /** Whether the answer has a value, or says that there is none; all other answers are failures. */
  private static boolean isThere(HttpResponse<InputStream> response) {
    int status = response.statusCode();
    return switch (status) {
      case 200, 206 -> true;
      case 404, 410 -> false;
      default ->
          throw new StoreException("read", response.uri().toString(), problem(status, response));
    };
  }

  private static String problem(int status, HttpResponse<InputStream> response) {
    if (status == 401 || status == 403) {
      return "access denied (%d); buckets that may not be listed answer so for what is not there"
          .formatted(status);
    }
    return status / 100 == 3
        ? "it is redirected to %s, where it is not followed to (%d)"
            .formatted(response.headers().firstValue("Location").orElse("nowhere"), status)
        : "the server answered " + status;
  }

  @Override
  public int requestsAtOnce() {
    return AT_ONCE;
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(Collection<String> keys) {
    SortedMap<String, KeyStatus> statuses = new ConcurrentSkipListMap<>();
    new SideBySide(AT_ONCE)
        .run(keys, key -> status(key).ifPresent(status -> statuses.put(key, status)));
    return new TreeMap<>(statuses);
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place(key)).method("HEAD", HttpRequest.BodyPublishers.noBody());
    return client.ask(
        request, response -> isThere(response) ? Optional.of(status(response)) : Optional.empty());
  }

  private static KeyStatus status(HttpResponse<InputStream> response) {
    long length =
        response
            .headers()
            .firstValueAsLong("Content-Length")
            .orElseThrow(
                () ->
                    new StoreException(
                        "read", response.uri().toString(), "the server does not say its length"));
    return new KeyStatus(length, modified(response));
  }

  /** Servers that do not know the time leave it out; all values are of one time then. */
  private static Instant modified(HttpResponse<InputStream> response) {
    Optional<String> header = response.headers().firstValue("Last-Modified");
    try {
      return header
          .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
          .orElse(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      throw new StoreException(
          "read", response.uri().toString(), "its time of change is '" + header.get() + "'");
    }
  }

  @Override
  public List<String> list(String prefix) {
    throw new StoreException(
        "list", uri + "/" + prefix, "web servers have no listing that programs can read");
  }
}
