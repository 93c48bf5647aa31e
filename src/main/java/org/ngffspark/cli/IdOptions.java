// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.plan.LabelSelection;
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
  List<String> idsFiles = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if an id is malformed or a file cannot be read
   */
  LabelSelection labels() {
    List<String> texts = new ArrayList<>(ids);
    idsFiles.forEach(file -> texts.add(new UserFile(file).text("--ids-file")));
    return texts.isEmpty() ? LabelSelection.all() : LabelSelection.parse(String.join(",", texts));
  }
}
