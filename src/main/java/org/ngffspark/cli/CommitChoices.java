// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import org.ngffspark.commit.CommitOptions;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Option;

/** How a command that changes images stages and commits them. */
final class CommitChoices {
  @Option(
      names = "--staging",
      paramLabel = "URI",
      defaultValue = "",
      description =
          "Stage new pixels here instead of beside the image; they are copied over at the end.")
  String staging;

  @Option(
      names = "--durable",
      description = "Force everything to disk before the commit, to survive a loss of power.")
  boolean durable;

  @Option(
      names = "--no-lock",
      description =
          "Write to a bucket whose server does not know conditional creation, where no lock can keep"
              + " two runs apart: you say that no other run works on these images.")
  boolean noLock;

  /**
   * @throws IllegalArgumentException if the staging place is none
   */
  CommitOptions options() {
    CommitOptions options = CommitOptions.standard();
    if (!staging.isEmpty()) {
      options = options.stagedAt(StoreLocations.canonical(StoreLocations.uri(staging)));
    }
    if (noLock) {
      options = options.keptApart(CommitOptions.Apart.BY_CALLER);
    }
    return durable ? options.forcedToDisk() : options;
  }
}
