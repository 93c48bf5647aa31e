// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.boxes.BoxTask;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.history.Repeat;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.table.WritableBackend;

/** Writes the boxes of objects as a table, see {@link NgffSpark#rois}. */
public final class RoisAction extends ImagesAction<RoisAction> {
  private Optional<String> label = Optional.empty();
  private Optional<String> table = Optional.empty();
  private LabelSelection labels = LabelSelection.all();
  private WritableBackend backend = WritableBackend.ANNDATA;
  private Existing existing = Existing.REFUSE;

  RoisAction(JavaSparkContext spark, List<String> inputs) {
    super(spark, "rois", inputs);
  }

  @Override
  RoisAction self() {
    return this;
  }

  /** The label image that holds the objects. */
  public RoisAction label(String name) {
    label = Optional.of(name);
    return this;
  }

  /** The name of the table. */
  public RoisAction table(String name) {
    table = Optional.of(name);
    return this;
  }

  /**
   * Only these label ids, as {@code 5,9,100-200}.
   *
   * @throws IllegalArgumentException if it is no such list
   */
  public RoisAction ids(String ids) {
    labels = LabelSelection.parse(ids);
    return this;
  }

  /** Passes over images that the same action has done before. */
  public RoisAction resume() {
    return repeat(Repeat.RESUME);
  }

  /** How the table is written; AnnData unless told. */
  public RoisAction backend(WritableBackend choice) {
    backend = choice;
    return this;
  }

  /** Replaces a table of that name. */
  public RoisAction overwrite() {
    existing = Existing.REPLACE;
    return this;
  }

  /** How images are staged and committed. */
  public RoisAction commit(CommitOptions options) {
    return commitWith(options);
  }

  @Override
  ObjectTask<?, ?> task(Inputs found) {
    return new BoxTask(
        said(label, "which label image holds the objects: label(…)"),
        labels,
        said(table, "how the table is called: table(…)"),
        backend,
        existing);
  }
}
