// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ngffspark.apply.TransformSpec.NoPixels;
import org.ngffspark.job.OnError;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.python.PythonTransform;
import org.ngffspark.spark.SparkDriver;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.TransformStep;
import org.ngffspark.transform.Transforms;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code transform} can be told about its transforms. */
final class TransformOptions {
  @ArgGroup(exclusive = false, multiplicity = "1..*")
  List<StepOptions> steps = new ArrayList<>();

  /** One transform and its parameters. */
  static final class StepOptions {
    @Option(
        names = "--transform",
        required = true,
        paramLabel = "TRANSFORM",
        completionCandidates = BuiltInTransforms.class,
        description =
            "A built-in transform (see the command transforms), a class from --jars, or a function"
                + " of Python as FILE.py:FUNCTION or package.module:FUNCTION. Repeatable: several"
                + " are applied one after the other while an object is in memory.")
    String transform;

    @Option(
        names = "--param",
        paramLabel = "KEY=VALUE",
        description =
            "A parameter of the transform; KEY@CHANNEL=VALUE for one channel alone, by its label."
                + " Repeatable. With several transforms it follows its own.")
    // An array: of lists picocli gives all from the third transform on the same one.
    String[] parameters = {};
  }

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "When a transform throws: fail leaves the image as it was, skip leaves the object as it"
              + " was and lists it. Default: ${DEFAULT-VALUE}.")
  OnError onError;

  @Option(
      names = "--allow-empty",
      description = "Let an image be done of which no object has a pixel in its region.")
  boolean allowEmpty;

  @Option(
      names = "--object-timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Stop a transform that takes longer for one object. Default: no limit.")
  long objectTimeout;

  @Mixin PythonOptions python;

  /**
   * Looks whether there are such transforms and parameters, before Spark starts. Functions of
   * Python whose interpreter may come with the run are left to {@link #steps}.
   *
   * @throws IllegalArgumentException if there is no such transform, or a parameter is wrong
   */
  void check(Host host) {
    if (python.isThere(host)
        || steps.stream().noneMatch(step -> PythonFunction.isNamedBy(step.transform))) {
      steps(function -> PythonTransform.load(function, python.ofDriver(host)));
    }
  }

  /**
   * The transforms, ready to be applied by the executors of a run.
   *
   * @throws IllegalArgumentException if there is no such transform, or a parameter is wrong
   */
  List<TransformStep> steps(SparkDriver spark) {
    return steps(
        function ->
            PythonTransform.load(function, python.ofDriver(spark)).with(python.ofWorkers(spark)));
  }

  private List<TransformStep> steps(Function<PythonFunction, MaskedTransform> load) {
    Transforms known = Transforms.of(TransformsCommand.loader());
    List<TransformStep> ready = new ArrayList<>();
    for (StepOptions step : steps) {
      Map<String, String> given = Parameters.assignments(List.of(step.parameters));
      ready.add(
          PythonFunction.isNamedBy(step.transform)
              ? TransformStep.of(load.apply(PythonFunction.of(step.transform)), given)
              : TransformStep.of(known, step.transform, given));
    }
    return ready;
  }

  NoPixels noPixels() {
    return allowEmpty ? NoPixels.ALLOW : NoPixels.FAIL;
  }
}
