// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.apply.TransformSpec.NoPixels;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.Growth;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformSequence;
import org.ngffspark.transform.TransformStep;

/**
 * Makes a {@link TransformSpec}. What is not said is: all objects, their boxes as they are, all
 * channels of the finest level, only the pixels of the objects, coarser levels follow, an object
 * that fails fails its image. Not safe for several threads.
 */
public final class TransformSpecBuilder {
  private static final long MAX_OBJECT_BYTES = 1L << 28;

  private ObjectChoice objects;
  private PixelTarget pixels = PixelTarget.image();
  private Optional<MaskedTransform> transform = Optional.empty();
  private String name = "";
  private Map<String, String> parameters = Map.of();
  private WriteMode write = WriteMode.MASKED;
  private PyramidMode pyramid = PyramidMode.REBUILD;
  private OnError onError = OnError.FAIL;
  private NoPixels noPixels = NoPixels.FAIL;
  private long maxObjectBytes = MAX_OBJECT_BYTES;
  private long timeoutSeconds;

  TransformSpecBuilder(String labelName) {
    this.objects = ObjectChoice.all(labelName, new TableChoice.Automatic());
  }

  /** What is done with each object. */
  public TransformSpecBuilder with(MaskedTransform ready) {
    return with(ready, ready.name(), Map.of());
  }

  /**
   * As {@link #with(MaskedTransform)}.
   *
   * @param named as the user named it
   * @param given parameters as the user gave them, by name; name and parameters tell one job from
   *     another
   */
  public TransformSpecBuilder with(MaskedTransform ready, String named, Map<String, String> given) {
    transform = Optional.of(ready);
    name = named;
    parameters = given;
    return this;
  }

  /**
   * What is done with each object, one after the other.
   *
   * @throws IllegalArgumentException if there is none, or they do not go together
   */
  public TransformSpecBuilder with(List<TransformStep> steps) {
    if (steps.size() == 1) {
      TransformStep only = steps.get(0);
      return with(only.transform(), only.name(), only.parameters());
    }
    return with(TransformSequence.of(steps));
  }

  /** The pixels that are transformed. */
  public TransformSpecBuilder pixels(PixelTarget target) {
    pixels = target;
    return this;
  }

  /**
   * Channels of the image by index, label or wavelength.
   *
   * @throws IllegalArgumentException if a label image is transformed
   */
  public TransformSpecBuilder channels(Collection<String> channels) {
    return pixels(pixels.channels(List.copyOf(channels)));
  }

  /** The level of the pyramid; 0 is the finest. */
  public TransformSpecBuilder level(int level) {
    return pixels(pixels.atLevel(level));
  }

  /** That label image is transformed, masked by the other. */
  public TransformSpecBuilder onLabel(String labelName) {
    return pixels(pixels.onLabel(labelName));
  }

  /** The objects, their table, zoom and ids at once. */
  public TransformSpecBuilder objects(ObjectChoice choice) {
    objects = choice;
    return this;
  }

  /** The masking ROI table of that name. */
  public TransformSpecBuilder table(String table) {
    return objects(objects.from(new TableChoice.Named(table)));
  }

  /**
   * Grows boxes in y and x.
   *
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public TransformSpecBuilder zoom(double factor) {
    return objects(objects.zoomed(factor));
  }

  /** How boxes grow before their pixels are taken. */
  public TransformSpecBuilder grow(Growth how) {
    return objects(objects.grown(how));
  }

  /** The ids that are taken. */
  public TransformSpecBuilder ids(LabelSelection labels) {
    return objects(objects.only(labels));
  }

  /** Which pixels of a box are written. */
  public TransformSpecBuilder write(WriteMode mode) {
    write = mode;
    return this;
  }

  /** Whether the coarser levels follow. */
  public TransformSpecBuilder pyramid(PyramidMode mode) {
    pyramid = mode;
    return this;
  }

  /** What an object whose transform throws does to its image. */
  public TransformSpecBuilder onError(OnError choice) {
    onError = choice;
    return this;
  }

  /** What happens to an image of which no object has a pixel in its region. */
  public TransformSpecBuilder noPixels(NoPixels choice) {
    noPixels = choice;
    return this;
  }

  /** Largest patch, in bytes, that an object may have. */
  public TransformSpecBuilder maxObjectBytes(long bytes) {
    maxObjectBytes = bytes;
    return this;
  }

  /** How long one object's transform may take; 0 is without limit. */
  public TransformSpecBuilder objectTimeout(long seconds) {
    timeoutSeconds = seconds;
    return this;
  }

  /**
   * @throws IllegalArgumentException if no transform was given, its code cannot be read, or a limit
   *     is none
   */
  public TransformSpec build() {
    MaskedTransform ready =
        transform.orElseThrow(
            () -> new IllegalArgumentException("Say what is done with each object: with(…)"));
    return new TransformSpec(
        objects,
        pixels,
        ready,
        name,
        parameters,
        ready.code(),
        write,
        pyramid,
        onError,
        noPixels,
        maxObjectBytes,
        timeoutSeconds);
  }
}
