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
    description = "Lists the transforms there are, with parameters, ranges and defaults.",
    footerHeading = "%nExamples:%n",
    footer = {"  ./submit.sh transforms", "  ./submit.sh --jars mine.jar -- transforms"})
final class TransformsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (MaskedTransform transform : Transforms.of(loader()).all()) {
      out.println(transform.name() + "  (" + transform.target() + ")");
      out.println("    " + transform.description());
      for (Parameter parameter : transform.parameters()) {
        out.println("    --param " + parameter.name() + "=…  " + parameter.help());
        out.println("        " + parameter.values() + "; " + absence(parameter));
      }
    }
    return ExitCode.DONE.code();
  }

  private static String absence(Parameter parameter) {
    return parameter
        .fallback()
        .map(value -> "default " + value)
        .or(() -> parameter.absence().map(meaning -> "left out: " + meaning))
        .orElse("required");
  }

  /** Sees the jars that spark-submit was given. */
  static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }
}
