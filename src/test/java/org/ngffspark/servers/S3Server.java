// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An S3 server, <a href="https://github.com/gaul/s3proxy">s3proxy</a> over a temporary folder: one
 * for all tests of a JVM, on the loopback address. It checks signatures and knows conditional
 * writes and multipart uploads.
 *
 * @param endpoint as {@code http://127.0.0.1:port}
 * @param folder where buckets are folders
 */
public record S3Server(URI endpoint, Path folder) {
  public static final String ACCESS_KEY = "test-access-key";
  public static final String SECRET_KEY = "test-secret-key";
  private static final Pattern READY =
      Pattern.compile("Started .*ServerConnector@.*\\{127\\.0\\.0\\.1:(\\d+)}");

  /** Holds the one server; it is started when a test first asks for it. */
  private static final class Shared {
    static final S3Server SERVER = start();
  }

  public static S3Server shared() {
    return Shared.SERVER;
  }

  private static S3Server start() {
    Path folder = ServerProcess.folder("s3");
    Path buckets = folder.resolve("buckets");
    Path settings = folder.resolve("s3proxy.conf");
    try {
      Files.createDirectory(buckets);
      Files.writeString(settings, settings(buckets));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    List<String> arguments =
        List.of(
            "-jar",
            ServerProcess.jar("s3proxy-jar-with-dependencies"),
            "--properties",
            settings.toString());
    int port = ServerProcess.start(folder, arguments, READY);
    return new S3Server(URI.create("http://127.0.0.1:" + port), buckets);
  }

  private static String settings(Path buckets) {
    return """
        s3proxy.endpoint=http://127.0.0.1:0
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
        .formatted(ACCESS_KEY, SECRET_KEY, buckets);
  }

  /** Makes an empty bucket that no other test knows. */
  public String newBucket() {
    String name = "test-" + UUID.randomUUID();
    try {
      Files.createDirectory(folder.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return name;
  }

  /** What Hadoop's S3A needs to know of this server. */
  public Map<String, String> hadoopSettings() {
    return hadoopSettings(endpoint);
  }

  /** As {@link #hadoopSettings()}, with a proxy before the server. */
  public static Map<String, String> hadoopSettings(URI endpoint) {
    return Map.of(
        "fs.s3a.endpoint",
        endpoint.toString(),
        "fs.s3a.endpoint.region",
        "us-east-1",
        "fs.s3a.path.style.access",
        "true",
        "fs.s3a.connection.ssl.enabled",
        "false",
        "fs.s3a.access.key",
        ACCESS_KEY,
        "fs.s3a.secret.key",
        SECRET_KEY);
  }
}
