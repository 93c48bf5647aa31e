// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.commit.CommitOptions;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.pyramid.PyramidTask;

/** Makes coarser levels anew, see {@link NgffSpark#pyramid}. */
public final class PyramidAction extends ImagesAction<PyramidAction> {
  private PyramidTask task = new PyramidTask(PixelTarget.image(), 0);

  PyramidAction(JavaSparkContext spark, List<String> inputs) {
    super(spark, "pyramid", inputs);
  }

  @Override
  PyramidAction self() {
    return this;
  }

  /** The levels of this label image, not of the image. */
  public PyramidAction onLabel(String name) {
    task = new PyramidTask(new PixelTarget.OfLabel(name, 0), task.levels());
    return this;
  }

  /**
   * Has at least so many levels, each half as long in y and x as the one before it.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public PyramidAction levels(int atLeast) {
    task = new PyramidTask(task.pixels(), atLeast);
    return this;
  }

  /** How images are staged and committed. */
  public PyramidAction commit(CommitOptions options) {
    return commitWith(options);
  }

  @Override
  ObjectTask<?, ?> task(Inputs found) {
    return task;
  }
}
