// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.crops.CropSetTask;
import org.ngffspark.crops.CropSize;
import org.ngffspark.crops.CropSize.Fit;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.golden.Folders;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;

class CropSetJobTest {
  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;

  @Test
  void setsAreTheSameHoweverImagesAreCut() {
    Path image = folder.resolve("image.zarr");
    JobImage.plane()
        .axes("c", "z", "y", "x")
        .shape(2, 3, 64, 80)
        .chunks(1, 1, 16, 20)
        .label(LabelImage.discs(JobImage.NUCLEI, 9, 11))
        .write(image);
    Map<String, String> whole = cut(image, 1);
    assertThat(whole).containsKeys("zarr.json", "pixels/zarr.json", "masks/zarr.json");
    assertThat(cut(image, 7)).isEqualTo(whole);
  }

  private Map<String, String> cut(Path image, int tiles) {
    Path set = folder.resolve("set-" + tiles + ".zarr");
    ImageRef ref = new ImageRef(image.toUri(), "");
    CropSetTask task =
        new CropSetTask(
            ObjectChoice.all(JobImage.NUCLEI, new TableChoice.Automatic()),
            PixelTarget.image(),
            Around.ZERO,
            new CropSize(List.of(3, 24, 20), Fit.SCALE),
            set.toUri(),
            Map.of(ref, ""));
    TestSpark.Ended ended = SPARK.run(task, RunSettings.of("test"), tiles, ref);
    assertThat(ended.only().message()).isEmpty();
    assertThat(ended.only().work().objects()).isEqualTo(9);
    assertThat(ended.only().work().bytesWritten()).isPositive();
    return Folders.read(set);
  }
}
