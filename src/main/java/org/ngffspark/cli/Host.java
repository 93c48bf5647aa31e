// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.List;
import java.util.Optional;
import org.ngffspark.job.Run;
import org.ngffspark.job.RunListener;
import org.ngffspark.spark.SparkDriver;
import picocli.CommandLine.Model.CommandSpec;

/** What commands run in: a process of their own, or a Spark that others have started. */
interface Host {

  /** That of a command. */
  static Host of(CommandSpec command) {
    return ((Main) command.root().userObject()).host();
  }

  /** The Spark that is there before any command; none if a run starts its own. */
  Optional<SparkDriver> running();

  /** Who else hears of a run. */
  List<RunListener> listeners();

  /** A run begins, which may have to be stopped. */
  void began(Run run);
}
