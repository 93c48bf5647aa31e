// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The start of an HTTP/1.1 message: its first line and its headers.
 *
 * @param lines as they came, without line ends
 */
record HttpHead(List<String> lines) {

  /** Reads a head; empty if the connection ends before one begins. */
  static Optional<HttpHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2) {
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException("The connection ended within " + head);
      }
      head.write(next);
      newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
    }
    return Optional.of(
        new HttpHead(
            head.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList()));
  }

  /** A part of the first line, which has three. */
  String word(int index) {
    return lines.get(0).split(" ", 3)[index];
  }

  /** Headers by names in lower case. */
  Map<String, String> headers() {
    return lines.stream()
        .skip(1)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                line -> line.substring(line.indexOf(':') + 1).strip(),
                (first, second) -> first + "," + second));
  }

  /** The same without a header. */
  HttpHead without(String name) {
    return new HttpHead(
        lines.stream()
            .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
            .toList());
  }

  void write(OutputStream out) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /**
   * Copies the body that follows this head.
   *
   * @param limit bytes of it after which nothing more is copied
   * @return whether it was copied whole
   */
  boolean copyBody(InputStream in, OutputStream out, long limit) throws IOException {
    if (headers().getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return copyChunks(in, out, limit);
    }
    long length = Long.parseLong(headers().getOrDefault("content-length", "0"));
    copy(in, out, Math.min(length, limit));
    return length <= limit;
  }

  private static boolean copyChunks(InputStream in, OutputStream out, long limit)
      throws IOException {
    long left = limit;
    while (true) {
      String size = line(in);
      int length = Integer.parseInt(size.split(";")[0].strip(), 16);
      out.write((size + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      copy(in, out, Math.min(length, left));
      if (length > left) {
        return false;
      }
      left -= length;
      out.write((line(in) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      if (length == 0) {
        return true;
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException(left + " bytes of " + length + " did not come");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection ended within a line");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
