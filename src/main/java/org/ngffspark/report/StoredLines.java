// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Lines of a file in a store, which knows no appending: all of them are written anew, at the first
 * line that comes a while after the last time, and at the end.
 */
final class StoredLines extends OutputStream {
  /** Long beside a request, short beside a run. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final StorePath file;
  private final InstantSource clock;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private Instant written = Instant.MIN;

  StoredLines(StorePath file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lines.write(bytes, offset, length);
    Instant now = clock.instant();
    if (written.equals(Instant.MIN)) {
      create();
      written = now;
    } else if (!now.isBefore(written.plus(PAUSE))) {
      replace();
      written = now;
    }
  }

  /** Another run that writes the same file would replace the lines of this one. */
  private void create() throws IOException {
    try {
      if (!file.store().writeIfAbsent(file.path(), ByteBuffer.wrap(lines.toByteArray()))) {
        throw new IOException(
            "it is there already, and files in a store cannot be appended to; name another file,"
                + " as with %t, the time, in its name");
      }
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void replace() throws IOException {
    try {
      file.store().write(file.path(), ByteBuffer.wrap(lines.toByteArray()));
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    replace();
  }
}
