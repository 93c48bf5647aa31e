// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCodeTest {
  private static final String NAME = Own.class.getName();
  private static final String FILE = NAME.replace('.', '/') + ".class";

  @TempDir private Path folder;
  private int jars;

  /** The class that is put into jars. */
  static final class Own {
    private Own() {}
  }

  @Test
  void classesOfTheProgramHaveNone() {
    assertThat(ClassCode.digest(Gamma.class)).isEmpty();
    assertThat(ClassCode.jar(Gamma.class)).isEmpty();
  }

  @Test
  void aJarIsToldByWhatItHolds() throws IOException, ClassNotFoundException {
    Map<String, String> content = new LinkedHashMap<>();
    content.put("com/example/model.txt", "1");
    content.put("META-INF/services/x", "a");
    String first = digest(content, "Built-By: me", 1_000_000_000_000L);
    assertThat(first).hasSize(64);
    assertThat(digest(content, "Built-By: you", 1_100_000_000_000L))
        .as("built anew")
        .isEqualTo(first);
    content.put("com/example/model.txt", "2");
    String second = digest(content, "Built-By: me", 1_000_000_000_000L);
    assertThat(second).as("another model").isNotEqualTo(first);
    content.put("META-INF/services/x", "b");
    assertThat(digest(content, "Built-By: me", 1_000_000_000_000L)).isNotIn(first, second);
  }

  @Test
  void aFolderIsToldByWhatItHolds() throws IOException, ClassNotFoundException {
    Path classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve(FILE).getParent());
    Files.write(classes.resolve(FILE), ownClass());
    String first = digest(classes.toUri().toURL());
    assertThat(first).hasSize(64).isEqualTo(digest(classes.toUri().toURL()));
    Files.writeString(classes.resolve("beside.txt"), "1");
    assertThat(digest(classes.toUri().toURL())).isNotEqualTo(first);
  }

  private String digest(Map<String, String> content, String manifest, long time)
      throws IOException, ClassNotFoundException {
    Path jar = folder.resolve("own " + jars++ + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      put(out, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8), time);
      put(out, FILE, ownClass(), time);
      for (Map.Entry<String, String> entry : content.entrySet()) {
        put(out, entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8), time);
      }
    }
    return digest(jar.toUri().toURL());
  }

  private static void put(JarOutputStream out, String name, byte[] bytes, long time)
      throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setLastModifiedTime(FileTime.fromMillis(time));
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] ownClass() throws IOException {
    try (InputStream stream = Own.class.getClassLoader().getResourceAsStream(FILE)) {
      return stream.readAllBytes();
    }
  }

  private static String digest(URL place) throws IOException, ClassNotFoundException {
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {place}, parent)) {
      Class<?> own = loader.loadClass(NAME);
      String file = Path.of(place.getPath()).getFileName().toString().replace("%20", " ");
      assertThat(ClassCode.jar(own)).isEqualTo(file.endsWith(".jar") ? Set.of(file) : Set.of());
      return ClassCode.digest(own);
    }
  }
}
