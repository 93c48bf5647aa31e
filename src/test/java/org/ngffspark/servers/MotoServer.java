// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Another S3 server than {@link S3Server}, <a href="https://github.com/getmoto/moto">moto</a>,
 * which keeps values in memory: one for all tests of a JVM, on the loopback address.
 */
public final class MotoServer {
  private static final Pattern READY = Pattern.compile("Running on http://127\\.0\\.0\\.1:(\\d+)");

  private MotoServer() {}

  /** Holds the one server; it is started when a test first asks for it. */
  private static final class Shared {
    static final URI ENDPOINT = start();
  }

  /** The Python with the packages of the tests; empty where there is none. */
  public static Optional<String> python() {
    return Optional.ofNullable(System.getenv("PYTHON"));
  }

  /** Where it is; {@link #python} must be there. */
  public static URI endpoint() {
    return Shared.ENDPOINT;
  }

  private static URI start() {
    Path folder = ServerProcess.folder("moto");
    List<String> command =
        List.of(python().orElseThrow(), "-m", "moto.server", "-H", "127.0.0.1", "-p", "0");
    return URI.create("http://127.0.0.1:" + ServerProcess.startCommand(folder, command, READY));
  }
}
