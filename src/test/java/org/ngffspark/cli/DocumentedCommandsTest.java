// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.cli.DocumentedCommands.Shown;
import org.ngffspark.ngff.NgffVersion;
import picocli.CommandLine;

/**
 * Every command that documents show has options that are there and all that it needs; those that
 * take nothing but a plate are run.
 */
class DocumentedCommandsTest {
  /** What the plate of this test is called otherwise than that of the documents. */
  private static final Map<String, String> NAMES =
      Map.of("cells", "nuclei", "GFP", "1", "1009", "2");

  @TempDir private Path folder;

  @Test
  void allThatIsShownIsUnderstood() {
    List<String> wrong = new ArrayList<>();
    List<Shown> all = DocumentedCommands.all();
    for (Shown shown : all) {
      if (shown.has("…")) {
        continue;
      }
      try {
        List<String> words = JobFile.expand(Main.commands(), shown.words());
        Main.commands().parseArgs(words.toArray(String[]::new));
      } catch (CommandLine.ParameterException | IllegalArgumentException e) {
        wrong.add(shown + ": " + e.getMessage());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(all).hasSizeGreaterThan(60);
  }

  @Test
  void whatTakesAPlateAloneRuns() throws IOException {
    int done = 0;
    for (String document :
        List.of("README.md", "docs/crops.md", "docs/measurements.md", "docs/transforms.md")) {
      for (List<Shown> block : DocumentedCommands.blocks(Path.of(document))) {
        List<Shown> alone =
            block.stream().filter(DocumentedCommandsTest::takesAPlateAlone).toList();
        if (!alone.isEmpty()) {
          Path place = Files.createDirectory(folder.toRealPath().resolve("block" + done));
          TestPlate.write(place.resolve("plate.zarr"), NgffVersion.V0_5);
          alone.forEach(shown -> run(shown, place));
          done += alone.size();
        }
      }
    }
    assertThat(done).isGreaterThan(15);
  }

  private static boolean takesAPlateAlone(Shown shown) {
    return shown.spark().isEmpty()
        && shown.words().size() > 1
        && shown.words().get(1).startsWith("plate.zarr")
        && !shown.has(".py:");
  }

  private static void run(Shown shown, Path place) {
    List<String> words = new ArrayList<>();
    for (String word : shown.words()) {
      String before = words.isEmpty() ? "" : words.get(words.size() - 1);
      boolean isFile =
          word.startsWith("plate.zarr")
              || before.equals("--from")
              || before.equals("--export")
              || (before.equals("--to") && shown.words().get(0).equals("crops"));
      words.add(isFile ? place.resolve(word).toString() : NAMES.getOrDefault(word, word));
    }
    if (words.get(0).equals("segment") && words.get(words.size() - 1).equals("nuclei")) {
      // The plate has such a label image.
      words.set(words.size() - 1, "parts");
    }
    if (shown.has("nuclei_features")) {
      CommandRun.of(
          "measure", place.resolve("plate.zarr").toString(), "--label=nuclei", "--resume");
    }
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as("%s: %s %s", shown, run.out(), run.err()).isZero();
  }
}
