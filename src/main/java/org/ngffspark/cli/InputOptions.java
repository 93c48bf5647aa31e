// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which images a command takes. */
final class InputOptions {
  @Parameters(
      paramLabel = "INPUT",
      arity = "0..*",
      description = "An image or a plate (all its images): a path or a URI.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--well",
      paramLabel = "ROW/COLUMN",
      description = "Of a plate only this well, as B/03. Repeatable.")
  List<String> wells = new ArrayList<>();

  @Option(
      names = "--acquisition",
      paramLabel = "ID",
      description = "Of a plate only images of this acquisition. Repeatable.")
  List<Integer> acquisitions = new ArrayList<>();

  @Option(
      names = "--image",
      paramLabel = "NAME",
      description = "Of a plate only images of this name in their well, as 0. Repeatable.")
  List<String> images = new ArrayList<>();
}
