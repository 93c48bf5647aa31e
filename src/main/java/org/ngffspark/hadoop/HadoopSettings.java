// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.ngffspark.zarr.store.StoreException;

/**
 * What is configured for Hadoop's file systems, apart from Hadoop's own defaults, so that little of
 * it travels to tasks.
 */
final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many requests one operation on many keys makes side by side. */
  private static final String REQUESTS = "ngff-spark.requests";

  private static final int DEFAULT_REQUESTS = 32;
  private static final String SPARK_PREFIX = "spark.hadoop.";

  /**
   * What the files on the class path say, read once: Hadoop reads them again for each configuration
   * that is made from nothing, which takes longer than a request.
   */
  private static final class Files {
    static final Configuration READ = new Configuration();
    static final HadoopSettings CHANGED = of(READ);
  }

  private final SortedMap<String, String> changed;

  private HadoopSettings(SortedMap<String, String> changed) {
    this.changed = changed;
  }

  static HadoopSettings of(Configuration configuration) {
    SortedMap<String, String> changed = new TreeMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      String[] sources = configuration.getPropertySources(entry.getKey());
      if (sources == null || !Arrays.stream(sources).allMatch(HadoopSettings::isDefault)) {
        changed.put(entry.getKey(), entry.getValue());
      }
    }
    return new HadoopSettings(changed);
  }

  private static boolean isDefault(String source) {
    return source.endsWith("-default.xml");
  }

  /**
   * What this process was started with: the files of {@code HADOOP_CONF_DIR}, which Spark's
   * launcher puts on the class path, and {@code spark.hadoop.} properties, which it makes system
   * properties.
   */
  static HadoopSettings ofProcess() {
    SortedMap<String, String> changed = new TreeMap<>(Files.CHANGED.changed);
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith(SPARK_PREFIX)) {
                changed.put(name.toString().substring(SPARK_PREFIX.length()), value.toString());
              }
            });
    return new HadoopSettings(changed);
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration(Files.READ);
    changed.forEach(configuration::set);
    return configuration;
  }

  /** How many requests one operation on many keys makes side by side. */
  int requests() {
    String value = changed.getOrDefault(REQUESTS, Integer.toString(DEFAULT_REQUESTS));
    int requests = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
    if (requests < 1) {
      throw new IllegalArgumentException(
          REQUESTS + " must be a number from 1 to 9999, got '" + value + "'");
    }
    return requests;
  }

  /** The file system of a location; one for each user, scheme and authority in a process. */
  FileSystem fileSystem(URI uri) {
    try {
      HadoopUser.logInNameless();
      return FileSystem.get(uri, configuration());
    } catch (UnsupportedFileSystemException e) {
      throw absent(uri, e);
    } catch (IOException e) {
      throw new StoreException("open", uri.toString(), e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw absent(uri, e);
      }
      throw e;
    }
  }

  private static StoreException absent(URI uri, Exception cause) {
    StoreException absent =
        new StoreException(
            "open",
            uri.toString(),
            "this Spark has no file system for '"
                + uri.getScheme()
                + ":' ("
                + cause.getMessage()
                + "); it needs Hadoop's module for it on its class path, for S3 hadoop-aws");
    absent.initCause(cause);
    return absent;
  }
}
