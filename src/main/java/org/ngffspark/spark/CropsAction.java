// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropSetTask;
import org.ngffspark.crops.CropSize;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.history.Repeat;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.zarr.store.StoreLocations;

/** Writes each object into a file, or all into one training set, see {@link NgffSpark#crops}. */
public final class CropsAction extends ObjectsAction<CropsAction> {
  private Optional<URI> directory = Optional.empty();
  private Optional<CropFormat> format = Optional.empty();
  private Optional<CropSize> size = Optional.empty();
  private Around around = Around.KEPT;
  private OnError onError = OnError.FAIL;

  CropsAction(JavaSparkContext spark, List<String> inputs) {
    super(spark, "crops", inputs);
  }

  @Override
  CropsAction self() {
    return this;
  }

  /** Where files go, or the set, a path or a URI. */
  public CropsAction to(String place) {
    directory = Optional.of(StoreLocations.canonical(StoreLocations.uri(place)));
    return this;
  }

  /**
   * What files are written; {@code NPY} unless told.
   *
   * @throws IllegalArgumentException if a training set is to be written
   */
  public CropsAction format(CropFormat files) {
    format = Optional.of(files);
    return requireOneForm();
  }

  /**
   * Writes arrays of one size in place of files: a Zarr group with {@code pixels} (n and the axes
   * of the images), {@code masks}, {@code labels}, {@code boxes}, {@code images}, {@code plates}
   * and {@code wells}, ascending by image and label id. An image that fails has no rows.
   *
   * @param each size of a crop, in pixels
   * @throws IllegalArgumentException if files are to be written
   */
  public CropsAction trainingSet(CropSize each) {
    size = Optional.of(each);
    return requireOneForm();
  }

  private CropsAction requireOneForm() {
    if (format.isPresent() && size.isPresent()) {
      throw new IllegalArgumentException(
          "A run writes files or a training set: say format(…) or trainingSet(…), got "
              + format.get()
              + " and "
              + size.get());
    }
    return this;
  }

  /**
   * Passes over images whose crops an earlier run of the same action has left. What comes out is
   * the same.
   */
  public CropsAction resume() {
    return repeat(Repeat.RESUME);
  }

  /**
   * An object whose region is not known, whose pixels the format does not hold, or that is larger
   * than a crop of a training set is left out and listed; its image goes on.
   */
  public CropsAction skipFailures() {
    onError = OnError.SKIP;
    return this;
  }

  /** Zero outside the object. */
  public CropsAction masked() {
    around = Around.ZERO;
    return this;
  }

  @Override
  ObjectTask<?, ?> task(Inputs found) {
    URI to = said(directory, "where files go: to(…)");
    CropTask files =
        new CropTask(
            choice(),
            pixels(),
            around,
            format.orElse(CropFormat.NPY),
            onError,
            to,
            found.folders());
    return size.<ObjectTask<?, ?>>map(each -> CropSetTask.of(files, each, found.refs()))
        .orElse(files);
  }
}
