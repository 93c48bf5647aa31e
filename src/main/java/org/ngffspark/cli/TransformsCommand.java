// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Transforms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the transforms there are. */
@Command(
    name = "transforms",
    description = "Lists the transforms there are, with their parameters.",
    footer = {"%nExample:", "  ./submit.sh transforms"})
final class TransformsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (MaskedTransform transform : Transforms.of(loader).all()) {
      out.println(transform.name() + " (on " + transform.target() + ")");
      out.println("    " + transform.description());
      for (Parameter parameter : transform.parameters()) {
        out.println("    --param " + parameter.usage());
      }
    }
    out.flush();
    return ExitCode.DONE.code();
  }
}
