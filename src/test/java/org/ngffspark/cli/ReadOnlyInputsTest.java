// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.servers.WebServer;
import org.ngffspark.servers.WebServer.Habit;

/** One plate as a folder, in a zip archive, on a web server, and in an archive there. */
class ReadOnlyInputsTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private static Path folder;
  private static Path plate;
  private static Path archive;
  private static WebServer server;

  @BeforeAll
  static void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
    archive = plate.resolveSibling("plate.ozx");
    server = WebServer.start(Habit.RANGES);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(plate)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(plate.relativize(file).toString()));
        Files.copy(file, zip);
        server.put(name(file), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    server.put(name(archive), ByteBuffer.wrap(Files.readAllBytes(archive)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String name(Path file) {
    return plate.getParent().relativize(file).toString();
  }

  private static URI online(Path file) {
    return server.uri().resolve("/" + name(file));
  }

  private static String inspected(Object input) {
    CommandRun run = CommandRun.of("inspect", input.toString());
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().replace(input.toString(), "INPUT");
  }

  @Test
  void inspectTellsTheSameOfAll() {
    String expected = inspected(plate);
    assertThat(inspected(archive)).isEqualTo(expected);
    assertThat(inspected(online(archive))).isEqualTo(expected);
    assertThat(inspected(online(plate)))
        .as("a web server does not tell how large label images are")
        .isEqualTo(expected.replaceAll("(label .*?), [0-9.]+ [KM]iB", "$1"));
  }

  /** The files of a new image that a run makes of an image, without what names its source. */
  private static Map<String, String> transformed(Object image, String name) {
    Path output = folder.resolve(name);
    CommandRun run =
        SPARK.run(
            "transform",
            image.toString(),
            "--label=nuclei",
            "--transform=fill",
            "--param=value=7",
            "--no-copy-labels",
            "--output=" + output);
    assertThat(run.code()).as(run.err()).isZero();
    return Folders.read(output).entrySet().stream()
        .filter(file -> !file.getKey().equals("zarr.json"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void anImageIsTransformedToAnotherPlaceFromAll() {
    Map<String, String> expected = transformed(plate.resolve("B/03/0"), "a.zarr");
    assertThat(expected).isNotEmpty();
    assertThat(transformed(archive.resolve("B/03/0"), "b.zarr")).isEqualTo(expected);
    assertThat(transformed(online(plate.resolve("B/03/0")), "c.zarr")).isEqualTo(expected);
    assertThat(transformed(online(archive) + "/B/03/0", "d.zarr")).isEqualTo(expected);
  }

  private static CommandRun refused(Object input, String... where) {
    List<String> arguments = new ArrayList<>(List.of("transform", input.toString()));
    arguments.addAll(List.of("--label=nuclei", "--transform=fill", "--param=value=7"));
    arguments.addAll(List.of(where));
    CommandRun run = SPARK.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.out()).isEqualTo(2);
    return run;
  }

  @Test
  void whatWouldChangeThemIsRefused() {
    for (Object input : List.of(archive, online(plate))) {
      assertThat(refused(input, "--in-place").err()).contains("can be read only");
      assertThat(refused(input, "--suffix=X", "--no-copy-labels").err())
          .contains("can be read only");
    }
  }

  @Test
  void whatAWebServerDoesNotListIsNotCopied() {
    String output = "--output=" + folder.resolve("e.zarr");
    assertThat(refused(online(plate) + "/B/03/0", output).err())
        .contains("leave them out by --no-copy-labels");
  }
}
