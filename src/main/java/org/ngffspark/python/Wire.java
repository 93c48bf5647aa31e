// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames on two pipes: kind (4 bytes), length (8 bytes), and so many bytes, in the machine's byte
 * order. Not safe for several threads.
 */
final class Wire {
  /** Head of a frame. */
  record Head(Frame kind, long length) {}

  private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEAD = Integer.BYTES + Long.BYTES;
  // An object of usual size goes out in one piece.
  private static final int BUFFER = 1 << 17;
  // The JDK copies what a call moves into memory of its own.
  private static final int MOST_AT_ONCE = 1 << 20;

  private final InputStream in;
  private final OutputStream out;
  private final ByteBuffer numbers = ByteBuffer.allocate(HEAD).order(ByteOrder.nativeOrder());

  Wire(InputStream in, OutputStream out) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.out = new BufferedOutputStream(out, BUFFER);
  }

  /** Begins a frame whose bytes follow. */
  void begin(Frame kind, long length) throws IOException {
    numbers.clear().putInt(kind.code()).putLong(length);
    out.write(numbers.array(), 0, HEAD);
  }

  /** Sends a frame of JSON. */
  void send(Frame kind, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    begin(kind, bytes.length);
    write(bytes, bytes.length);
  }

  void writeInt(int value) throws IOException {
    numbers.clear().putInt(value);
    out.write(numbers.array(), 0, Integer.BYTES);
  }

  void writeLong(long value) throws IOException {
    numbers.clear().putLong(value);
    out.write(numbers.array(), 0, Long.BYTES);
  }

  void write(byte[] bytes, int length) throws IOException {
    for (int from = 0; from < length; from += MOST_AT_ONCE) {
      out.write(bytes, from, Math.min(MOST_AT_ONCE, length - from));
    }
  }

  void flush() throws IOException {
    out.flush();
  }

  /**
   * The head of the next frame.
   *
   * @throws EOFException if the other end is gone
   */
  Head head() throws IOException {
    read(numbers.array(), HEAD);
    numbers.clear();
    return new Head(Frame.of(numbers.getInt()), numbers.getLong());
  }

  void read(byte[] bytes, int length) throws IOException {
    for (int at = 0; at < length; ) {
      int count = in.read(bytes, at, Math.min(MOST_AT_ONCE, length - at));
      if (count < 0) {
        throw new EOFException();
      }
      at += count;
    }
  }

  /** The JSON of a frame. */
  JsonNode json(Head head) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(head.length)];
    read(bytes, bytes.length);
    return JSON.readTree(bytes);
  }

  /** What comes before any frame: up to the end of the line, at most so many bytes. */
  String line(int most) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read();
        next >= 0 && next != '\n' && line.length() < most;
        next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Gives up the pipes. What could not be sent is of no use any more. */
  void close() {
    for (Closeable stream : List.of(out, in)) {
      try {
        stream.close();
      } catch (IOException broken) {
        LOG.debug("A pipe to Python was broken when it was closed", broken);
      }
    }
  }
}
