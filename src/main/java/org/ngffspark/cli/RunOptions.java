// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command that runs on Spark can be told about the run. */
final class RunOptions {
  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Write a record of the run: JSON lines, one for each image.")
  Optional<Path> manifest = Optional.empty();

  @Option(
      names = "--job",
      paramLabel = "FILE.yaml",
      description =
          "Take options from this file: their long names without dashes as keys, 'inputs' for the"
              + " inputs. What is said here wins.")
  Optional<Path> job = Optional.empty();
}
