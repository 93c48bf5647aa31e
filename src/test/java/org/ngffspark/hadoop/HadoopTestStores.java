// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.ngffspark.servers.HdfsServer;
import org.ngffspark.servers.S3Server;
import org.ngffspark.zarr.store.Store;

/** Stores on real servers, each empty and always a different one. */
public final class HadoopTestStores {
  /** Where the stores begin in their buckets. */
  static final String FOLDER = "some/folder";

  private HadoopTestStores() {}

  /** A folder of the HDFS cluster. */
  public static Store onHdfs() {
    HdfsServer server = HdfsServer.shared();
    return open(server.newFolder(), server.hadoopSettings());
  }

  /** A folder in a bucket of its own. */
  public static Store onS3() {
    S3Server server = S3Server.shared();
    return onS3(server.newBucket(), server.hadoopSettings());
  }

  /** A folder in a bucket. */
  public static Store onS3(String bucket, Map<String, String> settings) {
    return open(URI.create("s3a://" + bucket + "/" + FOLDER), settings);
  }

  private static Store open(URI uri, Map<String, String> settings) {
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    return HadoopStores.open(uri, configuration);
  }
}
