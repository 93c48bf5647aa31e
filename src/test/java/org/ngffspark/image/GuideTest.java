// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.imglib2.RandomAccessibleInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.golden.Golden;
import org.ngffspark.zarr.nd.Shape;

/** The example of docs/masked-images.md, step by step. */
class GuideTest {

  @Test
  void theGuideOfMaskedImagesAndLabelsInJava(@TempDir Path directory) throws IOException {
    String imagePath = directory.resolve("plane.zarr").toString();
    Folders.copy(Golden.path("images/plane-v04.zarr"), Path.of(imagePath));

    Container container = Container.open(imagePath);
    Masked maskedImage = container.maskedImage("nuclei");
    long label = maskedImage.rois().label(0);

    Masked first = maskedImage.channels(0);
    Patch roi = first.getRoi(label);
    Patch around = first.zoom(2).getRoi(label);
    assertThat(around.shape().get(1)).isGreaterThan(roi.shape().get(1));

    Patch masked = first.zoom(2).getRoiMasked(label);
    assertThat(masked.shape()).isEqualTo(around.shape());

    Patch data = first.getRoiMasked(label);
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < data.size(); i++) {
      data.set(i, random.nextInt(255));
    }
    first.setRoiMasked(label, data);
    maskedImage.consolidateRegions(List.of(data.box()));
    MaskedPatch object = first.read(label);
    object
        .mask()
        .forEachRun(
            (start, length) -> {
              for (int i = start; i < start + length; i++) {
                assertThat(object.patch().value(i)).isEqualTo(data.value(i));
              }
            });

    RandomAccessibleInterval<?> view = data.img();
    assertThat(Shape.of(view.dimension(2), view.dimension(1), view.dimension(0)))
        .isEqualTo(data.shape());

    Masked maskedLabel = container.maskedLabel("wf_2_labels", "nuclei");
    assertThat(maskedLabel.getRoiMasked(label).type()).isEqualTo(maskedLabel.level().type());
  }
}
