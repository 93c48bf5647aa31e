// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file in memory. */
final class ByteArrayInputFile implements InputFile {
  private final ByteBuffer bytes;

  ByteArrayInputFile(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  @Override
  public long getLength() {
    return bytes.capacity();
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(bytes.duplicate());
  }

  private static final class Stream extends SeekableInputStream {
    private final ByteBuffer rest;

    Stream(ByteBuffer rest) {
      this.rest = rest;
    }

    @Override
    public long getPos() {
      return rest.position();
    }

    @Override
    public void seek(long position) throws IOException {
      if (position < 0 || position > rest.limit()) {
        throw new EOFException("position " + position + " lies outside " + rest.limit() + " bytes");
      }
      rest.position((int) position);
    }

    @Override
    public int read() {
      return rest.hasRemaining() ? rest.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length > 0 && !rest.hasRemaining()) {
        return -1;
      }
      int count = Math.min(length, rest.remaining());
      rest.get(target, offset, count);
      return count;
    }

    @Override
    public int read(ByteBuffer target) {
      if (target.hasRemaining() && !rest.hasRemaining()) {
        return -1;
      }
      int count = Math.min(target.remaining(), rest.remaining());
      target.put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
      return count;
    }

    @Override
    public void readFully(byte[] target) throws IOException {
      readFully(target, 0, target.length);
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
      readFully(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void readFully(ByteBuffer target) throws IOException {
      if (target.remaining() > rest.remaining()) {
        throw new EOFException(
            target.remaining() + " bytes wanted, only " + rest.remaining() + " are left");
      }
      read(target);
    }
  }
}
