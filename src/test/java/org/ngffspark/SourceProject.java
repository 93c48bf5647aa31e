// SPDX-License-Identifier: Apache-2.0
package org.ngffspark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.ngffspark.transform.MaskedTransform;

/** Compiles and packs a Maven project by hand: tests run without network and without Maven. */
public final class SourceProject {
  private final Path root;
  private final List<Path> more;

  /**
   * @param more jars and folders of classes besides those of this test
   */
  public SourceProject(Path root, Path... more) {
    this.root = root;
    this.more = List.of(more);
  }

  /** The folder or jar that a class was loaded from. */
  public static Path classesOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compiles all sources below a folder of the project; returns {@code target}. */
  public Path compile(String sources, Path target) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    Files.createDirectories(target);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release",
              "17",
              "-Xlint:all",
              "-Werror",
              "-proc:none",
              "-d",
              target.toString(),
              "-classpath",
              classpath());
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(filesBelow(root.resolve(sources))))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return target;
  }

  private String classpath() {
    Set<String> entries = new LinkedHashSet<>();
    more.forEach(path -> entries.add(path.toString()));
    for (Class<?> type :
        List.of(
            MaskedTransform.class,
            org.junit.jupiter.api.Test.class,
            org.junit.platform.commons.JUnitException.class,
            org.apiguardian.api.API.class,
            org.opentest4j.AssertionFailedError.class,
            net.imglib2.RandomAccessibleInterval.class)) {
      entries.add(classesOf(type).toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Packs folders into a jar; returns {@code target}. */
  public Path jar(List<Path> folders, Path target) throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Path folder : folders) {
        for (Path path : filesBelow(folder)) {
          jar.putNextEntry(new ZipEntry(folder.relativize(path).toString().replace('\\', '/')));
          Files.copy(path, jar);
          jar.closeEntry();
        }
      }
    }
    return target;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return new ArrayList<>(paths.filter(Files::isRegularFile).toList());
    }
  }
}
