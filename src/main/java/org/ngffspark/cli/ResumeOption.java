// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import org.ngffspark.history.Repeat;
import picocli.CommandLine.Option;

/** What a command does with images that the same job has done before. */
final class ResumeOption {
  @Option(names = "--resume", description = "Pass over images that the same job has done before.")
  boolean resume;

  Repeat repeat() {
    return resume ? Repeat.RESUME : Repeat.REFUSE;
  }
}
