// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.zarr.store.StoreLocations;

/** Writes each object into a file, see {@link NgffSpark#crops}. */
public final class CropsAction extends ObjectsAction<CropsAction> {
  private Optional<URI> directory = Optional.empty();
  private CropFormat format = CropFormat.NPY;
  private Around around = Around.KEPT;

  CropsAction(JavaSparkContext spark, List<String> inputs) {
    super(spark, "crops", inputs);
  }

  @Override
  CropsAction self() {
    return this;
  }

  /** Where files go, a path or a URI. */
  public CropsAction to(String place) {
    directory = Optional.of(StoreLocations.canonical(StoreLocations.uri(place)));
    return this;
  }

  /** What files are written; {@code NPY} unless told. */
  public CropsAction format(CropFormat files) {
    format = files;
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
    return new CropTask(choice(), pixels(), around, format, to, found.folders());
  }
}
