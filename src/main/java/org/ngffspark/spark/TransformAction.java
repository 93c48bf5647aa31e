// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.apply.TransformSpecBuilder;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.history.Repeat;
import org.ngffspark.inputs.InputImage;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformStep;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.store.StoreLocations;

/** Runs a function on every object, see {@link NgffSpark#transform}. */
public final class TransformAction extends ObjectsAction<TransformAction> {
  private final List<TransformStep> steps = new ArrayList<>();
  private UnaryOperator<TransformSpecBuilder> more = UnaryOperator.identity();
  private Optional<Destination> destination = Optional.empty();
  private Existing existing = Existing.REFUSE;

  TransformAction(JavaSparkContext spark, List<String> inputs) {
    super(spark, "transform", inputs);
  }

  @Override
  TransformAction self() {
    return this;
  }

  /**
   * What is done with each object; of several, each takes what the one before it has made. Two runs
   * are the same job if the transforms and all that they hold are the same when they are
   * serialized.
   *
   * @param function serializable, with the classes it needs on the executors
   * @throws IllegalArgumentException if it cannot be serialized
   */
  public TransformAction with(MaskedTransform function) {
    Map<String, String> state = Map.of("state", SerializedState.digest(function));
    steps.add(new TransformStep(function.name(), state, function));
    return this;
  }

  /**
   * As {@link #with(MaskedTransform)}, by name.
   *
   * @param named a built-in transform, one that a jar registers, or a class
   * @param parameters of the transform, by name
   * @throws IllegalArgumentException if there is no such transform, or a parameter does not fit
   */
  public TransformAction with(String named, Map<String, String> parameters) {
    Transforms known = Transforms.of(Thread.currentThread().getContextClassLoader());
    steps.add(TransformStep.of(known, named, parameters));
    return this;
  }

  /** Changes the inputs themselves. */
  public TransformAction inPlace() {
    return to(new Destination.InPlace());
  }

  /** Writes a new image; there must be one input image. */
  public TransformAction output(String place) {
    return to(
        new Destination.NewImage(
            StoreLocations.canonical(StoreLocations.uri(place)), Existing.REFUSE));
  }

  /**
   * Writes a new image beside each input and registers it in its well.
   *
   * @throws IllegalArgumentException if it is no part of a name
   */
  public TransformAction suffix(String suffix) {
    return to(new Destination.Sibling(suffix, Existing.REFUSE));
  }

  private TransformAction to(Destination place) {
    destination.ifPresent(
        before -> {
          throw new IllegalArgumentException(
              "Pixels go to one place, got " + before + " and " + place);
        });
    destination = Optional.of(place);
    return this;
  }

  /** Replaces images that lie where new ones go. */
  public TransformAction overwrite() {
    existing = Existing.REPLACE;
    return this;
  }

  /** Writes whole boxes; where they overlap the highest label id wins. */
  public TransformAction unmasked() {
    return adding(spec -> spec.write(WriteMode.WHOLE_BOX));
  }

  /** Leaves the coarser levels as they are. */
  public TransformAction withoutPyramid() {
    return adding(spec -> spec.pyramid(PyramidMode.KEEP));
  }

  /** An object whose transform throws keeps its pixels and is listed; its image goes on. */
  public TransformAction skipFailures() {
    return adding(spec -> spec.onError(OnError.SKIP));
  }

  /** Refuses objects whose patch has more bytes. */
  public TransformAction maxObjectBytes(long bytes) {
    return adding(spec -> spec.maxObjectBytes(bytes));
  }

  /** Stops a transform that takes longer for one object; 0 is without limit. */
  public TransformAction objectTimeout(long seconds) {
    return adding(spec -> spec.objectTimeout(seconds));
  }

  private TransformAction adding(UnaryOperator<TransformSpecBuilder> next) {
    UnaryOperator<TransformSpecBuilder> before = more;
    more = spec -> next.apply(before.apply(spec));
    return this;
  }

  /** Passes over images that the same job has done before. */
  public TransformAction resume() {
    return repeat(Repeat.RESUME);
  }

  /** Transforms images in place once more that the same job has done before. */
  public TransformAction again() {
    return repeat(Repeat.AGAIN);
  }

  /** How images are staged and committed. */
  public TransformAction commit(CommitOptions options) {
    return commitWith(options);
  }

  @Override
  Inputs kept(Inputs found) {
    if (namesImages()) {
      return found;
    }
    List<InputImage> images = found.images();
    if (destination.isPresent() && destination.get() instanceof Destination.Sibling sibling) {
      images = InputResolver.withoutResults(images, sibling.suffix());
    }
    return found.withImages(InputResolver.withoutDerived(images));
  }

  @Override
  ObjectTask<?, ?> task(Inputs found) {
    Destination place =
        said(destination, "where the pixels go: inPlace(), output(…) or suffix(…)").with(existing);
    place.requireFits(found.images().size(), pixels());
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("Say what is done with each object: with(…)");
    }
    TransformSpecBuilder spec =
        TransformSpec.on(choice().labelName()).with(steps).objects(choice()).pixels(pixels());
    return new TransformTask(more.apply(spec).build(), place);
  }
}
