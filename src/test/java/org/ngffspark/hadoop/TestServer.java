// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ngffspark.servers.HdfsServer;
import org.ngffspark.servers.S3Server;
import org.ngffspark.zarr.store.Store;

/** The servers that a run may have its images on. */
public enum TestServer {
  S3,
  HDFS;

  /** An empty store on it. */
  public Store newStore() {
    return this == S3 ? HadoopTestStores.onS3() : HadoopTestStores.onHdfs();
  }

  /** Makes the settings of all servers known to this process, as submit.sh does, for one class. */
  public static final class Known implements BeforeAllCallback, AfterAllCallback {
    private static final String PREFIX = "spark.hadoop.";

    private final Map<String, String> settings = new HashMap<>();

    @Override
    public void beforeAll(ExtensionContext test) {
      settings.putAll(S3Server.shared().hadoopSettings());
      settings.putAll(HdfsServer.shared().hadoopSettings());
      settings.forEach((name, value) -> System.setProperty(PREFIX + name, value));
    }

    @Override
    public void afterAll(ExtensionContext test) {
      settings.keySet().forEach(name -> System.clearProperty(PREFIX + name));
    }
  }
}
