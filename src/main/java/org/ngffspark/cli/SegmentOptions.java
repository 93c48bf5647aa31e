// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.labels.Search;
import org.ngffspark.labels.Search.ByFinder;
import org.ngffspark.labels.Search.ByThreshold;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.python.PythonFinder;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.segment.Connectivity;
import org.ngffspark.segment.ObjectFinder;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.Segmentation.Holes;
import org.ngffspark.segment.ThresholdFinder;
import org.ngffspark.segment.ThresholdMethod;
import org.ngffspark.spark.SparkDriver;
import org.ngffspark.transform.Extensions;
import org.ngffspark.transform.Parameters;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How {@code segment} finds objects. */
final class SegmentOptions {
  /** Which pixels are neighbours. */
  enum Neighbours {
    FACES,
    FULL
  }

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "How the threshold is found, with scikit-image's values: otsu, li, triangle, yen,"
              + " isodata, minimum, mean, local, local-mean; or value, with --threshold; or mask:"
              + " all pixels of the mask, to split objects.")
  Optional<String> method = Optional.empty();

  @Option(
      names = "--threshold",
      paramLabel = "VALUE",
      description = "The threshold of --method value: pixels above it belong to objects.")
  OptionalDouble threshold = OptionalDouble.empty();

  @Option(
      names = "--block",
      paramLabel = "PIXELS",
      defaultValue = "35",
      description = "Side of the square of local thresholds, odd. Default: ${DEFAULT-VALUE}.")
  int block;

  @Option(
      names = "--offset",
      paramLabel = "VALUE",
      defaultValue = "0",
      description = "Subtract this from local thresholds. Default: ${DEFAULT-VALUE}.")
  double offset;

  @Option(
      names = "--smooth",
      paramLabel = "SIGMA",
      defaultValue = "0",
      description =
          "Smooth with a Gaussian first, of this sigma in pixels of y. Default: ${DEFAULT-VALUE}.")
  double smooth;

  @Option(
      names = "--min-size",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description = "Leave out objects with fewer pixels. Default: ${DEFAULT-VALUE}.")
  long minSize;

  @Option(names = "--fill-holes", description = "Fill the holes of objects.")
  boolean fillHoles;

  @Option(
      names = "--split",
      paramLabel = "watershed",
      description = "Split objects that touch, where the distance to their border has peaks.")
  Optional<String> split = Optional.empty();

  @Option(
      names = "--peak-distance",
      paramLabel = "PIXELS",
      defaultValue = "5",
      description =
          "The least distance between the middles of objects that are split. Default:"
              + " ${DEFAULT-VALUE}.")
  int peakDistance;

  @Option(
      names = "--neighbours",
      paramLabel = "faces|full",
      description =
          "Pixels are connected across faces, or across edges and corners too. Default: faces; with"
              + " --finder, whose objects it is asked for without --label alone, full.")
  Optional<Neighbours> neighbours = Optional.empty();

  @Option(
      names = "--finder",
      paramLabel = "NAME_OR_CLASS",
      description =
          "Instead of --method, code of your own: a class from --jars, or FILE.py:FUNCTION, a"
              + " function of Python that returns a label patch.")
  Optional<String> finder = Optional.empty();

  @Option(
      names = "--param",
      paramLabel = "KEY=VALUE",
      description = "A parameter of --finder. Repeatable.")
  List<String> parameters = new ArrayList<>();

  @Option(
      names = "--halo",
      paramLabel = "PIXELS",
      description =
          "Without --label, how far from a pixel --finder looks: it is given each tile of the image"
              + " with as many pixels around it.")
  Optional<Integer> halo = Optional.empty();

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "When no threshold is found, or the finder throws: fail leaves the image as it was, skip"
              + " finds nothing in that object and lists it. Default: ${DEFAULT-VALUE}.")
  OnError onError;

  @Mixin PythonOptions python;

  /**
   * Looks whether options go together, before Spark starts. A function of Python whose interpreter
   * may come with the run is left to {@link #search}.
   *
   * @throws IllegalArgumentException if options do not go together or a value is none
   */
  void check(Optional<ObjectChoice> parents, Host host) {
    if (python.isThere(host) || finder.filter(PythonFunction::isNamedBy).isEmpty()) {
      search(parents, name -> PythonFinder.load(name, python.ofDriver(host)));
    }
  }

  /**
   * The search, ready for the executors of a run.
   *
   * @throws IllegalArgumentException if options do not go together or a value is none
   */
  Search search(Optional<ObjectChoice> parents, SparkDriver spark) {
    return search(
        parents,
        name -> PythonFinder.load(name, python.ofDriver(spark)).with(python.ofWorkers(spark)));
  }

  private Search search(Optional<ObjectChoice> parents, Function<String, PythonFinder> load) {
    if (method.isPresent() == finder.isPresent()) {
      throw new IllegalArgumentException("Give one of --method and --finder");
    }
    if (parents.isEmpty() && onError == OnError.SKIP) {
      throw new IllegalArgumentException(
          "--on-error skip passes over objects of --label; a whole image is done or not");
    }
    if (finder.isPresent()) {
      return own(finder.get(), parents, load);
    }
    if (!parameters.isEmpty()) {
      throw new IllegalArgumentException("--param " + parameters + " goes with --finder");
    }
    if (halo.isPresent()) {
      throw new IllegalArgumentException(
          "--halo goes with --finder; the method " + method.get() + " knows what it needs");
    }
    Segmentation how = segmentation(method.get());
    return parents
        .<Search>map(choice -> new InObjects(choice, new ThresholdFinder(how), Map.of(), onError))
        .orElseGet(() -> new ByThreshold(how));
  }

  private Search own(
      String name, Optional<ObjectChoice> parents, Function<String, PythonFinder> load) {
    if (parents.isPresent() == halo.isPresent()) {
      throw new IllegalArgumentException(
          "--finder looks into the objects of --label, or into the whole image in tiles with"
              + " --halo pixels around them: give one of --label and --halo");
    }
    if (threshold.isPresent() || smooth != 0 || minSize != 0 || fillHoles || split.isPresent()) {
      throw new IllegalArgumentException(
          "--threshold, --smooth, --min-size, --fill-holes and --split go with --method; a finder"
              + " does all itself");
    }
    Map<String, String> given = Parameters.assignments(parameters);
    Map<String, String> settings = new TreeMap<>(given);
    ObjectFinder found = new OwnCode<>("Finder", known(), load).named(name, given);
    return parents
        .<Search>map(choice -> new InObjects(choice, found, settings, onError))
        .orElseGet(() -> new ByFinder(found, settings, halo.get(), connectivity(Neighbours.FULL)));
  }

  private Connectivity connectivity(Neighbours without) {
    return neighbours.orElse(without) == Neighbours.FULL ? Connectivity.FULL : Connectivity.FACES;
  }

  /** The finders of users that can be found. */
  static Extensions<ObjectFinder> known() {
    return Extensions.of(ObjectFinder.class, "finder", List.of(), TransformsCommand.loader());
  }

  private Segmentation segmentation(String name) {
    ThresholdMethod chosen = ThresholdMethod.of(name.toLowerCase(Locale.ROOT));
    if (threshold.isPresent() != (chosen == ThresholdMethod.VALUE)) {
      throw new IllegalArgumentException("--method value and --threshold go together");
    }
    Segmentation how =
        threshold.isPresent()
            ? Segmentation.above(threshold.getAsDouble())
            : Segmentation.by(chosen);
    how = how.around(block, offset).smoothed(smooth).atLeast(minSize);
    how = fillHoles ? how.with(Holes.FILL) : how;
    how = how.with(connectivity(Neighbours.FACES));
    return split.isPresent() ? how.split(peaks(split.get())) : how;
  }

  private int peaks(String way) {
    if (!way.equalsIgnoreCase("watershed")) {
      throw new IllegalArgumentException("--split takes watershed, got '" + way + "'");
    }
    return peakDistance;
  }
}
