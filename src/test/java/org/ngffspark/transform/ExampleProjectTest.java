// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.SourceProject;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** Builds the project that the page for authors describes, without Maven, and runs its jar. */
class ExampleProjectTest {
  private static final Path PROJECT = Path.of("examples", "transform-project");
  private static final Path PAGE = Path.of("docs", "transforms.md");

  /** What the project's program for a Spark is compiled against. */
  private static final Path[] SPARK =
      Stream.of(
              org.apache.spark.SparkConf.class,
              org.apache.spark.sql.SparkSession.class,
              org.apache.spark.sql.classic.SparkSession.class,
              scala.collection.immutable.Map.class)
          .map(SourceProject::classesOf)
          .toArray(Path[]::new);

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    SourceProject project = new SourceProject(PROJECT, SPARK);
    Path classes = project.compile("src/main/java", folder.resolve("classes"));
    jar =
        project.jar(
            List.of(classes, PROJECT.resolve("src/main/resources")), folder.resolve("my.jar"));
  }

  private URLClassLoader loader() throws IOException {
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
  }

  @Test
  void theJarIsFoundByNameAndByClassNameAndDoesTheSame() throws IOException {
    try (URLClassLoader loader = loader()) {
      Transforms transforms = Transforms.of(loader);
      assertThat(transforms.all()).extracting(MaskedTransform::name).endsWith("standardize");
      Map<String, String> given = Map.of("mean", "500", "deviation", "100");
      for (String name : List.of("standardize", "com.example.Standardize")) {
        Patch pixels = Patches.of(DataType.UINT16, Axes.of("y", "x"), Shape.of(1, 3), 7, 10, 30);
        Patch labels = Patches.of(DataType.UINT32, Axes.of("y", "x"), Shape.of(1, 3), 0, 5, 5);
        Patch result = pixels.copy();
        transforms.find(name, given).apply(MaskedPatch.of(pixels, labels, 5, List.of()), result);
        assertThat(new double[] {result.value(0), result.value(1), result.value(2)})
            .as(name)
            .containsExactly(7, 400, 600);
      }
    }
  }

  @Test
  void withoutTheJarItIsNotThere() {
    Transforms transforms = Transforms.of(getClass().getClassLoader());
    assertThatThrownBy(() -> transforms.find("com.example.Standardize"))
        .hasMessageContaining("No transform or class 'com.example.Standardize'")
        .hasMessageContaining("--jars");
  }

  @Test
  void theProjectsOwnTestsPass() throws Exception {
    Path tests = new SourceProject(PROJECT, jar).compile("src/test/java", folder.resolve("tests"));
    URL[] urls = {jar.toUri().toURL(), tests.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Class<?> test = loader.loadClass("com.example.StandardizeTest");
      int run = 0;
      for (Method method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          Constructor<?> constructor = test.getDeclaredConstructor();
          constructor.setAccessible(true);
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          run++;
        }
      }
      assertThat(run).isEqualTo(3);
    }
  }

  @Test
  void aJarThatPacksTheProgramsClassesTooIsRefused() throws IOException {
    List<Path> packed =
        List.of(SourceProject.classesOf(MaskedTransform.class), folder.resolve("classes"));
    Path all = new SourceProject(PROJECT).jar(packed, folder.resolve("all.jar"));
    URL[] urls = {all.toUri().toURL()};
    try (URLClassLoader alone = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> Transforms.of(alone).find("com.example.Standardize"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("copy of it in its own jar: leave ngff-spark out of the jar");
    }
  }

  @Test
  void aJarThatAnnouncesWhatIsNotThereIsRefused() throws IOException {
    Path services = folder.resolve("wrong/META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve(MaskedTransform.class.getName()), "com.example.Missing\n");
    URL[] urls = {folder.resolve("wrong").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      assertThatThrownBy(() -> Transforms.of(loader).find("affine"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("A jar announces a transform that cannot be used")
          .hasMessageContaining("com.example.Missing");
    }
  }

  @Test
  void theCodeOnThePageIsThatOfTheProject() throws IOException {
    String source = Files.readString(PROJECT.resolve("src/main/java/com/example/Standardize.java"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks)
        .hasSizeGreaterThan(2)
        .allSatisfy(block -> assertThat(source).contains(block));
  }

  @Test
  void thePageListsEveryBuiltInTransformWithItsParameters() throws IOException {
    List<String> rows = Files.readAllLines(PAGE);
    for (MaskedTransform transform : Transforms.builtIn()) {
      String row =
          rows.stream()
              .filter(line -> line.startsWith("| `" + transform.name() + "`"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(transform.name() + " is not on the page"));
      assertThat(transform.parameters())
          .allSatisfy(parameter -> assertThat(row).contains("`" + parameter.name() + "`"));
    }
  }

  @Test
  void theProjectDependsOnThisVersionOfTheProgram() throws IOException {
    assertThat(Files.readString(PROJECT.resolve("pom.xml")))
        .contains(version(Files.readString(Path.of("pom.xml"))));
  }

  private static String version(String pom) {
    return Stream.of(pom.split("\n", -1))
        .filter(line -> line.contains("<version>"))
        .findFirst()
        .orElseThrow()
        .strip();
  }
}
