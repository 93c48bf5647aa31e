// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.Growth;

/**
 * Something that is done with the objects of images.
 *
 * @param <A> the action itself
 */
public abstract sealed class ObjectsAction<A extends ObjectsAction<A>> extends ImagesAction<A>
    permits TransformAction, CropsAction {
  private Optional<String> labelName = Optional.empty();
  private ObjectChoice choice = ObjectChoice.all("", new TableChoice.Automatic());
  private PixelTarget pixels = PixelTarget.image();

  ObjectsAction(JavaSparkContext spark, String name, List<String> inputs) {
    super(spark, name, inputs);
  }

  /** The label image that holds the objects. */
  public A label(String name) {
    labelName = Optional.of(name);
    return self();
  }

  /** The masking ROI table. Unless told, the first one of the label image, else none. */
  public A table(String name) {
    choice = choice.from(new TableChoice.Named(name));
    return self();
  }

  /**
   * Grows boxes in y and x.
   *
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public A zoom(double factor) {
    choice = choice.zoomed(factor);
    return self();
  }

  /** Grows boxes on each axis by itself, or by pixels or micrometres. */
  public A grow(Growth growth) {
    choice = choice.grown(growth);
    return self();
  }

  /**
   * Only these label ids, as {@code 5,9,100-200}.
   *
   * @throws IllegalArgumentException if it is no such list
   */
  public A ids(String ids) {
    choice = choice.only(LabelSelection.parse(ids));
    return self();
  }

  /**
   * Only these channels, by index, label or wavelength.
   *
   * @throws IllegalArgumentException if a label image was named with {@link #onLabel}
   */
  public A channels(String... channels) {
    pixels = pixels.channels(List.of(channels));
    return self();
  }

  /**
   * The level of the pyramid; 0 is the finest.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public A level(int level) {
    pixels = pixels.atLevel(level);
    return self();
  }

  /**
   * Takes the ids of that label image, not the image's pixels.
   *
   * @throws IllegalArgumentException if channels were named
   */
  public A onLabel(String name) {
    pixels = pixels.onLabel(name);
    return self();
  }

  final ObjectChoice choice() {
    return choice.of(said(labelName, "which label image holds the objects: label(…)"));
  }

  final PixelTarget pixels() {
    return pixels;
  }
}
