// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ngffspark.job.OnError;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.measure.FeatureSet.OnFailure;
import org.ngffspark.measure.GrayLevels;
import org.ngffspark.measure.Neighbourhood;
import org.ngffspark.measure.ObjectFeatures;
import org.ngffspark.python.PythonFeatures;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.spark.SparkDriver;
import org.ngffspark.transform.Extensions;
import org.ngffspark.transform.Parameters;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code measure} measures. */
final class FeatureOptions {
  @Option(
      names = "--features",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Groups and features, separated by commas; --list prints them. FILE.py:FUNCTION is a"
              + " function of Python that returns a dict of numbers. Default: shape,intensity, what"
              + " Fractal measures.")
  List<String> features = new ArrayList<>();

  @Option(
      names = "--own",
      paramLabel = "NAME_OR_CLASS",
      description = "Features of your own: a class from --jars.")
  Optional<String> own = Optional.empty();

  @Option(
      names = "--param",
      paramLabel = "KEY=VALUE",
      description = "A parameter of --own, or of the function of Python. Repeatable.")
  List<String> parameters = new ArrayList<>();

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "When features of your own throw: fail leaves the image without a table, skip leaves the"
              + " object's numbers out and lists it. Default: ${DEFAULT-VALUE}.")
  OnError onError;

  @Option(
      names = "--neighbour-distance",
      paramLabel = "LENGTH",
      description = "Count neighbours whose centroids lie within this distance, in world units.")
  Optional<Double> neighbourDistance = Optional.empty();

  @Option(
      names = "--texture-levels",
      paramLabel = "N",
      defaultValue = "256",
      description = "Gray levels of texture, 2 to 256. Default: ${DEFAULT-VALUE}.")
  int textureLevels;

  @Option(
      names = "--texture-range",
      paramLabel = "LOW:HIGH",
      defaultValue = "",
      description =
          "Values of the lowest and the highest gray level. Default: the range of the pixels' type;"
              + " 0:1 for floats.")
  String textureRange;

  @Option(
      names = "--texture-distance",
      paramLabel = "PIXELS",
      defaultValue = "1",
      description = "Steps between the two pixels of a pair. Default: ${DEFAULT-VALUE}.")
  int textureDistance;

  @Mixin PythonOptions python;

  /**
   * Looks whether there are such features and values, before Spark starts. Functions of Python
   * whose interpreter may come with the run are left to {@link #set}.
   *
   * @throws IllegalArgumentException if a name is unknown or a value is none
   */
  void check(Host host) {
    if (python.isThere(host) || features.stream().noneMatch(PythonFunction::isNamedBy)) {
      set(name -> PythonFeatures.load(name, python.ofDriver(host)));
    }
  }

  /**
   * The features, ready to be measured by the executors of a run.
   *
   * @throws IllegalArgumentException if a name is unknown or a value is none
   */
  FeatureSet set(SparkDriver spark) {
    return set(
        name -> PythonFeatures.load(name, python.ofDriver(spark)).with(python.ofWorkers(spark)));
  }

  private FeatureSet set(Function<String, PythonFeatures> load) {
    List<String> known = features.stream().filter(name -> !PythonFunction.isNamedBy(name)).toList();
    FeatureSet set = features.isEmpty() ? FeatureSet.ofDefaults() : FeatureSet.of(known);
    set = set.with(grayLevels()).with(onError == OnError.SKIP ? OnFailure.SKIP : OnFailure.THROW);
    if (neighbourDistance.isPresent()) {
      set = set.with(Neighbourhood.within(neighbourDistance.get()));
    }
    List<String> owns =
        new ArrayList<>(features.stream().filter(PythonFunction::isNamedBy).toList());
    own.ifPresent(owns::add);
    if (owns.isEmpty() && !parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "--param " + parameters + " goes with --own or a function of Python");
    }
    if (owns.size() > 1 && !parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "--param " + parameters + " is for one of " + owns + "; measure them in two runs");
    }
    Map<String, String> given = Parameters.assignments(parameters);
    OwnCode<ObjectFeatures> code = new OwnCode<>("Features", known(), load);
    for (String name : owns) {
      set = set.and(code.named(name, given), given);
    }
    return set;
  }

  /** The features of users that can be found. */
  static Extensions<ObjectFeatures> known() {
    return Extensions.of(
        ObjectFeatures.class, "set of features", List.of(), TransformsCommand.loader());
  }

  private GrayLevels grayLevels() {
    if (textureRange.isEmpty()) {
      return new GrayLevels(textureLevels, 0, Double.NaN, textureDistance);
    }
    String[] ends = textureRange.split(":", -1);
    try {
      if (ends.length == 2) {
        return new GrayLevels(
            textureLevels,
            Double.parseDouble(ends[0]),
            Double.parseDouble(ends[1]),
            textureDistance);
      }
    } catch (NumberFormatException notNumbers) {
      throw range(notNumbers);
    }
    throw range(new NumberFormatException(textureRange));
  }

  private IllegalArgumentException range(NumberFormatException why) {
    return new IllegalArgumentException(
        "--texture-range takes two numbers, as 0:4095, got '" + textureRange + "'", why);
  }
}
