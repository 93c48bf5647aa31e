// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreProvider;

/** Opens stores on the file systems that Hadoop knows, as this process has them configured. */
public final class HadoopStores implements StoreProvider {
  private static final String HDFS = "hdfs";
  private static final String S3A = "s3a";
  private static final List<String> SCHEMES = List.of(HDFS, S3A, "s3", "gs", "abfs", "abfss");

  @Override
  public List<String> schemes() {
    return SCHEMES;
  }

  @Override
  public boolean handles(URI uri) {
    return SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT));
  }

  @Override
  public Store open(URI uri) {
    return open(uri, HadoopSettings.ofProcess());
  }

  /** Opens a store as it is configured here. */
  public static Store open(URI uri, Configuration configuration) {
    return open(uri, HadoopSettings.of(configuration));
  }

  private static Store open(URI uri, HadoopSettings settings) {
    URI root = checked(uri);
    return switch (root.getScheme()) {
      case HDFS -> new HdfsStore(root, settings);
      case S3A -> new S3Store(root, settings);
      default -> new HadoopStore(root, settings);
    };
  }

  /** Without a slash at the end; {@code s3:} is {@code s3a:}. */
  private static URI checked(URI uri) {
    if (uri.getPath() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "'" + uri + "' is no place in a store; expected scheme://authority/path");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String rest = uri.toString().substring(scheme.length()).replaceAll("(?<=[^:/])/+$", "");
    return URI.create((scheme.equals("s3") ? S3A : scheme) + rest);
  }
}
