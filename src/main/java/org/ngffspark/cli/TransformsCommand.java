// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.python.PythonTransform;
import org.ngffspark.spark.PythonRuntime;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Transforms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the transforms there are. */
@Command(
    name = "transforms",
    description = "Lists transforms with their parameters, ranges and defaults.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh transforms",
      "  ./submit.sh transforms --transform mine.py:halve",
      "  ./submit.sh --jars mine.jar -- transforms"
    })
final class TransformsCommand implements Callable<Integer> {
  @Option(
      names = "--transform",
      paramLabel = "TRANSFORM",
      description =
          "Only this one: a name, a class from --jars, or a function of Python as FILE.py:FUNCTION"
              + " or package.module:FUNCTION. Repeatable.")
  List<String> transforms = new ArrayList<>();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (MaskedTransform transform : chosen()) {
      out.println(transform.name() + "  (" + transform.target() + ")");
      out.println("    " + transform.description());
      for (Parameter parameter : transform.parameters()) {
        out.println("    --param " + parameter.name() + "=…  " + parameter.help());
        out.println("        " + parameter.values() + "; " + absence(parameter));
      }
    }
    return ExitCode.DONE.code();
  }

  private List<MaskedTransform> chosen() {
    return transforms.isEmpty()
        ? Transforms.of(loader()).all()
        : transforms.stream().map(TransformsCommand::described).toList();
  }

  private static MaskedTransform described(String name) {
    return PythonFunction.isNamedBy(name)
        ? PythonTransform.load(PythonFunction.of(name), PythonRuntime.ofDriver(0))
        : Transforms.of(loader()).find(name);
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
