// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import org.ngffspark.job.Existing;
import org.ngffspark.table.WritableBackend;
import picocli.CommandLine.Option;

/** How a command writes a table. */
final class TableOptions {
  @Option(
      names = "--backend",
      paramLabel = "anndata|csv|json|parquet",
      defaultValue = "anndata",
      description = "How the table is written. Default: ${DEFAULT-VALUE}, as ngio's.")
  WritableBackend backend;

  @Option(names = "--overwrite", description = "Replace what is there of that name.")
  boolean overwrite;

  Existing existing() {
    return overwrite ? Existing.REPLACE : Existing.REFUSE;
  }
}
