// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.LabelBoxes;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.table.MaskingRoiTable;

class SegmentCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_5);
  }

  private CommandRun segment(String... more) {
    return SPARK.run(
        Stream.concat(Stream.of("segment", plate.toString(), "--to=spots"), Stream.of(more))
            .toArray(String[]::new));
  }

  private Container image(String name) {
    return Container.open(plate.resolve(name).toString());
  }

  @Test
  void everyImageOfAPlateGetsALabelImageAndATable() {
    String[] inside = {"--label=nuclei", "--channel=DAPI", "--method=otsu", "--min-size=3"};
    CommandRun run = segment(inside);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("4 images segmented in ");
    for (String image : new String[] {"B/03/0", "B/03/1", "C/05/0", "C/05/1"}) {
      MaskingRoiTable table = image(image).tables().maskingRoiTable("spots_ROI_table");
      LabelBoxes boxes = image(image).label("spots").boxes();
      assertThat(table.labels()).isEqualTo(boxes.labels()).isNotEmpty();
      assertThat(table.fingerprint()).contains(image(image).label("spots").fingerprint());
      assertThat(table.extra().names()).containsExactly("parent_label");
    }
    CommandRun again = segment(inside);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("label image 'spots'").contains("--overwrite");
    String[] resumed =
        Stream.concat(Stream.of("--resume"), Stream.of(inside)).toArray(String[]::new);
    assertThat(segment(resumed).out()).contains("4 done by the same job before");
    assertThat(folder).isDirectoryNotContaining("glob:**ngff-spark*");
  }

  @Test
  void aWholeImageIsSegmentedAndItsClumpsAreSplit() {
    String[] clumps = {
      "--channel=DAPI", "--method=li", "--smooth=1", "--fill-holes", "--image=0", "--well=B/03"
    };
    CommandRun run = segment(clumps);
    assertThat(run.code()).as(run.err()).isZero();
    LabelBoxes whole = image("B/03/0").label("spots").boxes();
    assertThat(whole.size()).isPositive();
    CommandRun split =
        SPARK.run(
            "segment",
            plate.resolve("B/03/0").toString(),
            "--label=spots",
            "--channel=DAPI",
            "--method=mask",
            "--split=watershed",
            "--peak-distance=3",
            "--to=parts");
    assertThat(split.code()).as(split.err()).isZero();
    assertThat(image("B/03/0").label("parts").boxes().size()).isGreaterThanOrEqualTo(whole.size());
  }

  @Test
  void mistakesAreSaidBeforeAnythingIsTouched() {
    Map<String, String> before = Folders.read(plate);
    assertThat(segment("--channel=0").err()).contains("--method").contains("--finder");
    assertThat(segment("--channel=0", "--method=best").err()).contains("'best'").contains("otsu");
    assertThat(segment("--method=otsu").err()).contains("one channel").contains("DAPI");
    assertThat(segment("--channel=0", "--method=value").err()).contains("--threshold");
    assertThat(segment("--channel=0", "--method=otsu", "--ids=3").err()).contains("--label");
    assertThat(segment("--channel=0", "--method=mask").err()).contains("mask");
    assertThat(segment("--channel=0", "--method=otsu", "--split=lines").err()).contains("'lines'");
    assertThat(segment("--channel=0", "--finder=com.example.None").err())
        .contains("--label")
        .contains("--halo");
    assertThat(segment("--channel=0", "--finder=a.B", "--halo=3", "--smooth=1").err())
        .contains("--smooth")
        .contains("--method");
    assertThat(segment("--channel=0", "--finder=a.B", "--halo=3", "--on-error=skip").err())
        .contains("--on-error")
        .contains("--label");
    assertThat(segment("--channel=0", "--method=otsu", "--halo=3").err()).contains("--finder");
    assertThat(segment("--label=spots", "--channel=0", "--method=otsu").err()).contains("'spots'");
    assertThat(Folders.read(plate)).isEqualTo(before);
  }
}
