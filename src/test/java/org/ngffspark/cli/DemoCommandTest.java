// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.Container;
import org.ngffspark.image.Patch;

class DemoCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int demo(Path place) {
    return Main.run(List.of("demo", place.toString()), new PrintWriter(out), new PrintWriter(err));
  }

  @Test
  void makesAPlateTransformsItAndChecksIt() {
    Path place = folder.resolve("demo");
    assertThat(demo(place)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("B/03: all 260 nuclei are as one by one");
    assertThat(place.resolve("B_03_before.png")).isNotEmptyFile();
    assertThat(place.resolve("C_05_after.png")).isNotEmptyFile();

    Container before = Container.open(place.resolve("plate.zarr/B/03/0").toString());
    Container after = Container.open(place.resolve("plate.zarr/B/03/0Even").toString());
    Patch pixels = after.image(2).read();
    pixels.set(1234, pixels.value(1234) + 1);
    after.image(2).array().write(pixels.box(), pixels.pixels());
    assertThatThrownBy(() -> new DemoCheck(before, after).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("level 2")
        .hasMessageContaining("at pixel 1234");
  }

  @Test
  void leavesAFolderAloneThatItHasNotMade() throws IOException {
    Path thesis = Files.writeString(folder.resolve("thesis.txt"), "three years of work");
    assertThat(demo(folder)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("is not empty and was not made by demo");
    assertThat(thesis).hasContent("three years of work");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedWithTheReasonAndNoTrace() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(demo(file.resolve("demo"))).isEqualTo(ExitCode.SOME_FAILED.code());
    assertThat(err.toString())
        .startsWith("submit.sh: Cannot write " + file)
        .contains("Not a directory")
        .hasLineCount(1);
  }
}
