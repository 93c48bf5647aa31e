// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process of Python prints: each line goes to the log, and the last ones are kept for the
 * message in case the process ends. Safe for several threads.
 */
final class PrintedLines {
  private static final Logger LOG = LoggerFactory.getLogger(PrintedLines.class);
  private static final int LONGEST = 4_000;
  private static final int KEPT_LINES = 40;
  private static final int KEPT_CHARACTERS = 4_000;

  private final long pid;
  private final InputStream printed;
  private final Thread thread;
  private final Deque<String> last = new ArrayDeque<>();
  private int kept;

  private PrintedLines(Process process) {
    this.pid = process.pid();
    this.printed = process.getErrorStream();
    this.thread = new Thread(this::readAll, "python-" + pid);
    thread.setDaemon(true);
  }

  /** Reads what the process prints until its end. */
  static PrintedLines of(Process process) {
    PrintedLines lines = new PrintedLines(process);
    lines.thread.start();
    return lines;
  }

  private void readAll() {
    byte[] line = new byte[LONGEST];
    byte[] block = new byte[1 << 13];
    int length = 0;
    try {
      for (int count = printed.read(block); count >= 0; count = printed.read(block)) {
        for (int i = 0; i < count; i++) {
          if (block[i] != '\n') {
            line[length++] = block[i];
          }
          if (block[i] == '\n' || length == LONGEST) {
            take(line, length);
            length = 0;
          }
        }
      }
    } catch (IOException closed) {
      LOG.debug("python {}: its output was closed", pid, closed);
    }
    if (length > 0) {
      take(line, length);
    }
  }

  private void take(byte[] bytes, int length) {
    String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
    LOG.info("python {}: {}", pid, line);
    keep(line);
  }

  private synchronized void keep(String line) {
    last.add(line);
    kept += line.length();
    while (last.size() > KEPT_LINES || kept > KEPT_CHARACTERS && last.size() > 1) {
      kept -= last.remove().length();
    }
  }

  /**
   * The last lines, after the process has ended. Something that it started may hold its output
   * open, so the end is not waited for without limit.
   */
  String ofEnded() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(1));
    synchronized (this) {
      return String.join("\n", last);
    }
  }
}
