// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ngffspark.SourceProject;
import org.ngffspark.image.Container;
import org.slf4j.Logger;

/** A program that has the library without Spark need not have Parquet. */
class WithoutParquetTest {
  private static final String IMAGE = "src/test/resources/golden/tables/tables-v04.zarr";

  private static URLClassLoader classesWithoutParquet() throws MalformedURLException {
    List<Class<?>> kept =
        List.of(
            Container.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class,
            Logger.class);
    URL[] entries = new URL[kept.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = SourceProject.classesOf(kept.get(i)).toUri().toURL();
    }
    return new URLClassLoader(entries, ClassLoader.getPlatformClassLoader());
  }

  private static Object read(ClassLoader classes, String table) throws Exception {
    Object container =
        classes
            .loadClass(Container.class.getName())
            .getMethod("open", String.class)
            .invoke(null, IMAGE);
    Object tables = container.getClass().getMethod("tables").invoke(container);
    return tables.getClass().getMethod("read", String.class).invoke(tables, table);
  }

  @Test
  void aTableInParquetSaysWhatIsMissingAndOthersAreRead() throws Exception {
    try (URLClassLoader classes = classesWithoutParquet()) {
      assertThat(read(classes, "features_csv")).isNotNull();
      assertThatThrownBy(() -> read(classes, "features_parquet"))
          .rootCause()
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> read(classes, "features_parquet"))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("features_parquet")
          .hasMessageContaining("org.apache.parquet:parquet-hadoop")
          .hasMessageContaining("org.apache.hadoop:hadoop-client-api");
    }
  }
}
