// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.python.PythonSettings;

class PythonRuntimeTest {
  private static final Path FILES = Path.of("/tmp/spark-files");

  private final SparkConf conf = new SparkConf(false);
  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path folder;

  @Test
  void theInterpreterIsTheOneThatPySparkWouldTake() {
    assertThat(driver().interpreter()).isEqualTo("python3");
    environment.put("PYSPARK_PYTHON", "/env/python");
    assertThat(driver().interpreter()).isEqualTo("/env/python");
    assertThat(workers().interpreter()).isEqualTo("/env/python");
    environment.put("PYSPARK_DRIVER_PYTHON", "/driver/python");
    assertThat(driver().interpreter()).isEqualTo("/driver/python");
    assertThat(workers().interpreter()).isEqualTo("/env/python");
    conf.set("spark.pyspark.python", "./env/bin/python");
    assertThat(driver().interpreter()).isEqualTo("./env/bin/python");
    assertThat(workers().interpreter()).isEqualTo("./env/bin/python");
    conf.set("spark.pyspark.driver.python", "/conf/python");
    assertThat(driver().interpreter()).isEqualTo("/conf/python");
    assertThat(workers().interpreter()).isEqualTo("./env/bin/python");
  }

  @Test
  void aProgramThatStartsThisOneIsThePythonOfItsMachine() {
    environment.put("NGFF_SPARK_PYTHON", "/venv/python");
    assertThat(driver().interpreter()).isEqualTo("/venv/python");
    assertThat(workers().interpreter()).isEqualTo("/venv/python");
    conf.set("spark.master", "spark://host:7077");
    assertThat(driver().interpreter()).isEqualTo("/venv/python");
    assertThat(workers().interpreter()).isEqualTo("python3");
    environment.put("PYSPARK_PYTHON", "/env/python");
    assertThat(driver().interpreter()).isEqualTo("/env/python");
  }

  @Test
  void aLocalRunUsesTheModulesWhereTheyLie() throws IOException {
    Path module = Files.createFile(folder.resolve("beside.py"));
    Path archive = Files.createFile(folder.resolve("many.zip"));
    conf.set("spark.submit.pyFiles", module + ", file://" + archive + ",https://host/x/far.egg");
    List<String> paths =
        List.of(
            folder.toString(), archive.toString(), Path.of("far.egg").toAbsolutePath().toString());
    assertThat(driver().paths()).isEqualTo(paths);
    assertThat(workers().paths()).isEqualTo(paths);
    assertThat(workers().directory()).isEmpty();
  }

  @Test
  void executorsHaveTheModulesInTheirWorkingDirectory() {
    for (String master : List.of("spark://host:7077", "local-cluster[2,1,1024]", "yarn")) {
      conf.set("spark.master", master);
      conf.set("spark.submit.pyFiles", "/a/beside.py,/a/other.py,/b/many.zip");
      conf.set("spark.archives", "env.tar.gz#env");
      assertThat(workers())
          .isEqualTo(new PythonSettings("python3", List.of(".", "many.zip"), "", 5));
    }
  }

  @Test
  void aLocalRunHasItsFilesWhereSparkPutsThem() {
    conf.set("spark.master", "local[2,3]");
    assertThat(workers()).isEqualTo(driver());
    conf.set("spark.archives", "env.tar.gz#env");
    assertThat(workers().directory()).isEqualTo(FILES.toString());
    conf.remove("spark.archives").set("spark.files", "model.pt");
    assertThat(workers().directory()).isEqualTo(FILES.toString());
  }

  private PythonSettings driver() {
    return new PythonRuntime(conf, environment, 5).driver();
  }

  private PythonSettings workers() {
    return new PythonRuntime(conf, environment, 5).workers(FILES);
  }
}
