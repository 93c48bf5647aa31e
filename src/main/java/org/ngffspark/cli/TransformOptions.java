// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import org.ngffspark.apply.TransformSpec.NoPixels;
import org.ngffspark.apply.TransformSpec.OnError;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.TransformStep;
import org.ngffspark.transform.Transforms;
import picocli.CommandLine.ArgGroup;
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
        paramLabel = "NAME_OR_CLASS",
        description =
            "A built-in transform (see the command transforms), or a class from --jars. Repeatable:"
                + " several are applied one after the other while an object is in memory.")
    String transform;

    @Option(
        names = "--param",
        paramLabel = "KEY=VALUE",
        description =
            "A parameter of the transform; KEY@CHANNEL=VALUE for one channel alone, by its label."
                + " Repeatable. With several transforms it follows its own.")
    List<String> parameters = new ArrayList<>();
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

  /**
   * The transforms, ready to run.
   *
   * @throws IllegalArgumentException if there is no such transform, or a parameter is wrong
   */
  List<TransformStep> steps(Transforms known) {
    return steps.stream()
        .map(
            step ->
                TransformStep.of(known, step.transform, Parameters.assignments(step.parameters)))
        .toList();
  }

  NoPixels noPixels() {
    return allowEmpty ? NoPixels.ALLOW : NoPixels.FAIL;
  }
}
