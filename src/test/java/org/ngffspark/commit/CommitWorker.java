// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Works on the image of {@link CommitScenario} in a process of its own, which may be killed. */
final class CommitWorker {
  static final List<String> UNITS =
      IntStream.range(0, 40).mapToObj(i -> "2/0/" + i / 10 + "/" + i % 10).toList();

  private final StorePath image;
  private final RunInfo run;

  private CommitWorker(Path directory, String task) {
    this.image = CommitScenario.image(LocalStore.at(directory));
    this.run = RunInfo.current("worker " + task, Map.of());
  }

  public static void main(String[] arguments) throws IOException {
    CommitWorker worker = new CommitWorker(Path.of(arguments[0]), arguments[1]);
    switch (arguments[1]) {
      case "hold" -> worker.hold();
      case "race" -> worker.race();
      default -> worker.commitForEver();
    }
  }

  private ImageTransaction begin() {
    return ImageTransaction.begin(image, run, CommitOptions.standard());
  }

  private void hold() throws IOException {
    begin().stage().put("0/0/0/0", CommitScenario.bytes("new"));
    say("staged");
    hear();
  }

  private void race() throws IOException {
    while (true) {
      say("ready");
      hear();
      try (ImageTransaction transaction = begin()) {
        say("won");
        hear();
        transaction.stage().put("0/0/0/0", CommitScenario.bytes("new"));
      } catch (LockedException e) {
        say("lost: " + e.getMessage());
        hear();
      }
    }
  }

  private void commitForEver() {
    for (int version = 0; ; version++) {
      String value = "version " + version;
      try (ImageTransaction transaction = begin()) {
        Stage stage = transaction.stage();
        List<StagedUnit> units =
            UNITS.stream().map(unit -> stage.put(unit, CommitScenario.bytes(value))).toList();
        transaction.commit(units, List.of(), CommitInputs.of(image));
      }
      if (version == 0) {
        say("started");
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void hear() throws IOException {
    if (System.in.read() < 0) {
      throw new IOException("the test has ended");
    }
  }
}
