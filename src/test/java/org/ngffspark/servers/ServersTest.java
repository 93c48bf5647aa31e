// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.junit.jupiter.api.Test;

class ServersTest {
  private static final byte[] TEXT = "pixels".getBytes(StandardCharsets.UTF_8);

  @Test
  void theS3ServerKeepsWhatIsWrittenAndWritesOnceIfAsked() throws IOException {
    S3Server server = S3Server.shared();
    URI bucket = URI.create("s3a://" + server.newBucket());
    try (FileSystem files = open(bucket, server.hadoopSettings())) {
      keepsAValue(files, new Path(bucket.resolve("/a/b")));
      assertThatThrownBy(() -> createOnce(files, new Path(bucket.resolve("/a/b"))))
          .isInstanceOf(PathIOException.class)
          .hasMessageContaining("412");
    }
  }

  @Test
  void theS3ServerRefusesAWrongSecret() throws IOException {
    S3Server server = S3Server.shared();
    URI bucket = URI.create("s3a://" + server.newBucket());
    Map<String, String> settings = new HashMap<>(server.hadoopSettings());
    settings.put("fs.s3a.secret.key", "wrong");
    try (FileSystem files = open(bucket, settings)) {
      assertThatThrownBy(() -> files.getFileStatus(new Path(bucket.resolve("/a"))))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void theHdfsClusterKeepsWhatIsWritten() throws IOException {
    HdfsServer server = HdfsServer.shared();
    URI folder = server.newFolder();
    try (FileSystem files = open(folder, server.hadoopSettings())) {
      keepsAValue(files, new Path(folder + "/a/b"));
    }
  }

  private static FileSystem open(URI uri, Map<String, String> settings) throws IOException {
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    return FileSystem.newInstance(uri, configuration);
  }

  private static void keepsAValue(FileSystem files, Path path) throws IOException {
    createOnce(files, path);
    byte[] read = new byte[TEXT.length];
    try (var in = files.open(path)) {
      in.readFully(0, read);
    }
    assertThat(read).isEqualTo(TEXT);
    assertThat(files.getFileStatus(path).getLen()).isEqualTo(TEXT.length);
  }

  private static void createOnce(FileSystem files, Path path) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
    builder.recursive();
    builder.overwrite(true);
    builder.opt("fs.option.create.conditional.overwrite", true);
    try (FSDataOutputStream out = builder.build()) {
      out.write(TEXT);
    }
  }
}
