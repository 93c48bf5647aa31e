// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Tells versions of a class and of what it came with apart. */
final class ClassCode {
  private static final String CLASS = ".class";

  /** A class that is loaded stays as it is, whatever comes to lie where it came from. */
  private static final ClassValue<String> DIGESTS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return compute(type);
        }
      };

  private ClassCode() {}

  /**
   * A digest of the jar or folder that a class came in: of the names and contents of its files, not
   * of their times or of what a build notes about itself. It is made once for each class.
   *
   * @return 64 hexadecimal digits; empty for a class of this program
   * @throws IllegalArgumentException if its code cannot be read
   */
  static String digest(Class<?> type) {
    return DIGESTS.get(type);
  }

  /** The file name of the jar that a class came in; none for a class of this program. */
  static Set<String> jar(Class<?> type) {
    Optional<URL> place = place(type);
    if (place.equals(place(ClassCode.class))) {
      return Set.of();
    }
    return place
        .flatMap(ClassCode::file)
        .filter(Files::isRegularFile)
        .map(file -> Set.of(file.getFileName().toString()))
        .orElseGet(Set::of);
  }

  private static String compute(Class<?> type) {
    Optional<URL> place = place(type);
    if (place.equals(place(ClassCode.class))) {
      return "";
    }
    MessageDigest digest = sha256();
    try {
      Optional<Path> file = place.flatMap(ClassCode::file);
      if (file.isEmpty()) {
        addClass(digest, type);
      } else if (Files.isDirectory(file.get())) {
        addFolder(digest, file.get());
      } else {
        addJar(digest, file.get().toFile());
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "Cannot read the code of '" + type.getName() + "' at " + place + ": " + unreadable,
          unreadable);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Optional<URL> place(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation);
  }

  private static Optional<Path> file(URL place) {
    if (!place.getProtocol().equals("file")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(place.toURI())).filter(Files::exists);
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  /** Code that is in no file, as a shell's, has the bytes of its class alone. */
  private static void addClass(MessageDigest digest, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + CLASS;
    try (InputStream stream = type.getClassLoader().getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("its loader does not show it");
      }
      add(digest, name, stream.readAllBytes());
    }
  }

  private static void addFolder(MessageDigest digest, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      add(digest, folder.relativize(file).toString(), Files.readAllBytes(file));
    }
  }

  private static void addJar(MessageDigest digest, File file) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      List<JarEntry> entries =
          jar.stream()
              .filter(entry -> !entry.isDirectory() && isContent(entry.getName()))
              .sorted(Comparator.comparing(JarEntry::getName))
              .toList();
      for (JarEntry entry : entries) {
        try (InputStream stream = jar.getInputStream(entry)) {
          add(digest, entry.getName(), stream.readAllBytes());
        }
      }
    }
  }

  /** Manifests and the like name the machine and the time of a build. */
  private static boolean isContent(String name) {
    return !name.startsWith("META-INF/") || name.startsWith("META-INF/services/");
  }

  private static void add(MessageDigest digest, String name, byte[] content) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    digest.update(
        ByteBuffer.allocate(Long.BYTES).putInt(text.length).putInt(content.length).array());
    digest.update(text);
    digest.update(content);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every JDK has SHA-256", missing);
    }
  }
}
