// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.apply.TransformSpec.NoPixels;
import org.ngffspark.apply.TransformSpec.PyramidMode;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.history.JobRecord;
import org.ngffspark.image.LabelGrid;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.Growth;
import org.ngffspark.transform.Transforms;

class JobDescriptionTest {

  /** A job; one value of it may be another one. */
  private static final class Job {
    private String label = "nuclei";
    private String transform = "affine";
    private Map<String, String> parameters = Map.of("scale", "2", "offset", "1");
    private String code = "";
    private Optional<String> table = Optional.empty();
    private PixelTarget target = new PixelTarget.OfImage(List.of(), 0);
    private double zoom = 1;
    private LabelSelection labels = LabelSelection.all();
    private WriteMode write = WriteMode.MASKED;
    private PyramidMode pyramid = PyramidMode.REBUILD;
    private OnError onError = OnError.FAIL;
    private long maxBytes = 1 << 20;
    private long timeout;
    private LabelGrid grid = LabelGrid.WORLD;
    private NoPixels noPixels = NoPixels.FAIL;
    private String source = ".";

    private String digest() {
      TransformSpec spec =
          new TransformSpec(
              new ObjectChoice(
                  label,
                  table
                      .<TableChoice>map(TableChoice.Named::new)
                      .orElseGet(TableChoice.Automatic::new),
                  Growth.by(zoom),
                  labels,
                  grid),
              target,
              Transforms.of(getClass().getClassLoader()).find("clear"),
              transform,
              parameters,
              code,
              write,
              pyramid,
              onError,
              noPixels,
              maxBytes,
              timeout);
      return JobRecord.digest(JobDescription.of(spec, source));
    }
  }

  /** A change of a job. */
  private interface Change {
    void apply(Job job);
  }

  private static String digest(Change change) {
    Job job = new Job();
    change.apply(job);
    return job.digest();
  }

  @Test
  void theDigestIsTheSameInEveryRunAndVersion() {
    assertThat(new Job().digest()).isEqualTo("738100528d0c1cda2ef7384301c4de10");
  }

  @Test
  void everythingThatDecidesAboutPixelsChangesTheDigest() {
    List<Change> changes =
        List.of(
            job -> {},
            job -> job.label = "cells",
            job -> job.transform = "fill",
            job -> job.parameters = Map.of("scale", "3", "offset", "1"),
            job -> job.parameters = Map.of("scale", "2"),
            job -> job.parameters = Map.of("scale", "21", "offset", ""),
            job -> job.code = "a5",
            job -> job.code = "a6",
            job -> job.table = Optional.of("nuclei_table"),
            job -> job.target = new PixelTarget.OfImage(List.of("0"), 0),
            job -> job.target = new PixelTarget.OfImage(List.of("1"), 0),
            job -> job.target = new PixelTarget.OfImage(List.of("0", "1"), 0),
            job -> job.target = new PixelTarget.OfImage(List.of("01"), 0),
            job -> job.target = new PixelTarget.OfImage(List.of(), 1),
            job -> job.target = new PixelTarget.OfLabel("cells", 0),
            job -> job.target = new PixelTarget.OfLabel("nuclei", 0),
            job -> job.zoom = 1.5,
            job -> job.labels = LabelSelection.parse("5"),
            job -> job.labels = LabelSelection.parse("5-6"),
            job -> job.write = WriteMode.WHOLE_BOX,
            job -> job.pyramid = PyramidMode.KEEP,
            job -> job.onError = OnError.SKIP,
            job -> job.grid = LabelGrid.SAME,
            job -> job.source = "../0");
    List<String> digests = new ArrayList<>();
    changes.forEach(change -> digests.add(digest(change)));
    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void limitsAndTheOrderOfParametersAndIdsDoNotChangeTheDigest() {
    String same = new Job().digest();
    assertThat(digest(job -> job.maxBytes = 7)).isEqualTo(same);
    assertThat(digest(job -> job.timeout = 7)).isEqualTo(same);
    assertThat(digest(job -> job.noPixels = NoPixels.ALLOW)).isEqualTo(same);
    assertThat(digest(job -> job.parameters = Map.of("offset", "1", "scale", "2"))).isEqualTo(same);
    assertThat(digest(job -> job.labels = LabelSelection.parse("7, 5 6")))
        .isEqualTo(digest(job -> job.labels = LabelSelection.parse("5,6,7")));
    assertThat(digest(job -> job.labels = LabelSelection.parse("6-7,5-6")))
        .isEqualTo(digest(job -> job.labels = LabelSelection.parse("5-7")));
  }
}
