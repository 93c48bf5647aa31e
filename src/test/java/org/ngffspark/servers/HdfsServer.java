// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An HDFS cluster of one name node and one data node (Hadoop's MiniDFSCluster): one for all tests
 * of a JVM, on the loopback address. Whoever asks is its superuser if it runs as the same user.
 *
 * @param uri as {@code hdfs://127.0.0.1:port}
 */
public record HdfsServer(URI uri) {
  private static final Pattern READY =
      Pattern.compile("Started MiniDFSCluster -- namenode on port (\\d+)");

  /** Holds the one cluster; it is started when a test first asks for it. */
  private static final class Shared {
    static final HdfsServer SERVER = start();
  }

  public static HdfsServer shared() {
    return Shared.SERVER;
  }

  private static HdfsServer start() {
    Path folder = ServerProcess.folder("hdfs");
    String classpath =
        String.join(
            ":",
            ServerProcess.jar("hadoop-client-minicluster"),
            ServerProcess.jar("junit"),
            ServerProcess.sparkJars());
    List<String> arguments =
        List.of(
            "-Dtest.build.data=" + folder,
            "-Dlog4j2.level=INFO",
            "-cp",
            classpath,
            "org.apache.hadoop.test.MiniDFSClusterManager",
            "-format",
            "-datanodes",
            "1");
    int port = ServerProcess.start(folder, arguments, READY);
    return new HdfsServer(URI.create("hdfs://127.0.0.1:" + port));
  }

  /** A folder that no other test knows, not made yet. */
  public URI newFolder() {
    return uri.resolve("/test-" + UUID.randomUUID());
  }

  /**
   * What a client needs to know: there is one data node to write to, and that the name node hears
   * of a block sooner than the 400 ms after which a client asks again whether it has.
   */
  public Map<String, String> hadoopSettings() {
    return Map.of(
        "dfs.replication",
        "1",
        "dfs.client.block.write.locateFollowingBlock.initial.delay.ms",
        "5",
        "dfs.client.block.write.locateFollowingBlock.retries",
        "12");
  }
}
