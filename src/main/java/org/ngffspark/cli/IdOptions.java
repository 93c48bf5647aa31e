// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.zarr.store.StoreException;
import picocli.CommandLine.Option;

/** Which label ids a command takes. */
final class IdOptions {
  @Option(
      names = "--ids",
      paramLabel = "IDS",
      description = "Only these label ids, as 5,9,100-200.")
  List<String> ids = new ArrayList<>();

  @Option(
      names = "--ids-file",
      paramLabel = "FILE",
      description = "Only the label ids in this text file, separated by commas or white space.")
  List<Path> idsFiles = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if an id is malformed or a file cannot be read
   */
  LabelSelection labels() {
    List<String> texts = new ArrayList<>(ids);
    for (Path file : idsFiles) {
      try {
        texts.add(Files.readString(file));
      } catch (IOException unreadable) {
        throw new IllegalArgumentException(
            "Cannot read --ids-file " + file + ": " + StoreException.reason(unreadable),
            unreadable);
      }
    }
    return texts.isEmpty() ? LabelSelection.all() : LabelSelection.parse(String.join(",", texts));
  }
}
