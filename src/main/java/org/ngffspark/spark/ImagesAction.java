// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.history.Repeat;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.NothingBegunException;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.RunSettings.OnFailure;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.store.LinkPolicy;

/**
 * Something that is to be done with images on Spark, see {@link NgffSpark}. Not safe for several
 * threads.
 *
 * @param <A> the action itself
 */
public abstract sealed class ImagesAction<A extends ImagesAction<A>>
    permits ObjectsAction, RoisAction, PyramidAction {
  private final JavaSparkContext spark;
  private final List<String> inputs;
  private PlateSelection selection = PlateSelection.ALL;
  private LinkPolicy links = LinkPolicy.INSIDE;
  private DataSetDescription description = DataSetDescription.NONE;
  private RunSettings settings;
  private RunListener listener = new RunListener() {};

  ImagesAction(JavaSparkContext spark, String name, List<String> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Give at least one input: an image, a plate or a well");
    }
    StoreSettings.of(spark.getConf()).makeKnown();
    this.spark = spark;
    this.inputs = inputs;
    this.settings = RunSettings.of("NgffSpark." + name + " " + String.join(" ", inputs));
  }

  abstract A self();

  /** What is done with the images. */
  abstract ObjectTask<?, ?> task(Inputs found);

  /** Of plates only these wells, as {@code B/03}. */
  public A wells(String... wells) {
    selection = new PlateSelection(List.of(wells), selection.acquisitions(), selection.images());
    return self();
  }

  /** Of plates only images of these acquisitions, by id or name. */
  public A acquisitions(String... acquisitions) {
    selection = new PlateSelection(selection.wells(), List.of(acquisitions), selection.images());
    return self();
  }

  /** Of plates only images of these names in their wells, as {@code 0}. */
  public A images(String... names) {
    selection = new PlateSelection(selection.wells(), selection.acquisitions(), List.of(names));
    return self();
  }

  /** Reads through symbolic links that lead out of an input. What is written stays inside. */
  public A followLinks() {
    links = LinkPolicy.ANYWHERE;
    return self();
  }

  /**
   * Of data sets of N5 that do not tell them: their axes, from the slowest to the fastest, as
   * {@code z}, {@code y}, {@code x}.
   *
   * @throws IllegalArgumentException if these are no axes of an image
   */
  public A axes(String... names) {
    description = new DataSetDescription(List.of(names), description.pixelSize());
    return self();
  }

  /**
   * Of data sets of N5 that do not tell it, and of their label images: micrometres of a pixel.
   *
   * @throws IllegalArgumentException if a size is not above 0, or of another axis than z, y and x
   */
  public A pixelSize(Map<AxisName, Double> micrometres) {
    description = new DataSetDescription(description.axes(), micrometres);
    return self();
  }

  /** Ends the run at the first image that fails; what is open is undone. */
  public A failFast() {
    settings = settings.withOnFailure(OnFailure.STOP);
    return self();
  }

  /** Tells somebody how the run goes. */
  public A listener(RunListener hears) {
    listener = hears;
    return self();
  }

  final A commitWith(CommitOptions options) {
    settings = settings.withCommit(options);
    return self();
  }

  final A repeat(Repeat choice) {
    settings = settings.withRepeat(choice);
    return self();
  }

  final boolean namesImages() {
    return !selection.images().isEmpty();
  }

  /** The inputs without those that are no work. */
  Inputs kept(Inputs found) {
    return found;
  }

  /**
   * Does it and waits for the end.
   *
   * @return how each image ended, in the order of the inputs; wells that cannot be read come last
   * @throws IllegalArgumentException if something is missing or does not fit, or there is no image
   * @throws org.ngffspark.zarr.store.FormatException if an input is no image, plate or well
   */
  public RunResult run() {
    Inputs found = inputs();
    if (settings.onFailure() == OnFailure.STOP) {
      found.requireReadable();
    }
    List<ImageOutcome> outcomes = new ArrayList<>();
    outcomes.addAll(run(new ObjectRun<>(spark, task(found), settings), found).images());
    outcomes.addAll(found.failures());
    return new RunResult(outcomes);
  }

  private RunResult run(ObjectRun<?, ?> run, Inputs found) {
    try {
      return run.execute(found.refs(), found.telling(listener));
    } catch (NothingBegunException none) {
      return none.result();
    }
  }

  /** Says what it would take; nothing is locked or written. Errors are those of {@link #run}. */
  public Estimate estimate() {
    Inputs found = inputs();
    return new ObjectRun<>(spark, task(found), settings)
        .estimate(found.refs())
        .plusProblems(found.unreadable());
  }

  private Inputs inputs() {
    return kept(
        new InputResolver(selection, links).describedBy(description).resolve(inputs).requireSome());
  }

  /** Something that must have been said. */
  static <T> T said(Optional<T> value, String how) {
    return value.orElseThrow(() -> new IllegalArgumentException("Say " + how));
  }
}
