// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.image.Container;
import org.ngffspark.image.Patch;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.RoiTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class ProjectCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  private static final Shape SHAPE = Shape.of(2, 5, 30, 40);

  @TempDir private Path folder;
  private Path well;

  @BeforeEach
  void writeAWell() throws java.io.IOException {
    well = folder.toRealPath().resolve("well.zarr");
    StorePath root = StorePath.root(LocalStore.at(well));
    Well.create(root, NgffVersion.V0_5, List.of(new WellImage("0", OptionalInt.empty())));
    StorePath image = root.child("0");
    ArrayMetadata metadata =
        ArrayMetadata.defaults(
                NgffVersion.V0_5.format(),
                SHAPE,
                Shape.of(1, 2, 16, 16),
                DataType.UINT16,
                List.of())
            .withShards(Shape.of(1, 4, 32, 32));
    ZarrArray.create(image.child("0"), metadata);
    ImageNode.create(
        image,
        ImageMetadata.create(
            NgffVersion.V0_5,
            Axes.of("c", "z", "y", "x"),
            List.of(Dataset.of("0", List.of(1.0, 2.0, 0.5, 0.5))),
            List.of()));
    Container container = Container.open(image);
    Patch pixels = container.image().read();
    for (int i = 0; i < pixels.size(); i++) {
      pixels.set(i, i * 7919L % 60_000);
    }
    container.image().array().write(pixels.box(), pixels.pixels());
    container.image().pyramid().withLevels(2);
    Roi roi =
        new Roi(
            Optional.of("FOV"),
            Optional.empty(),
            Map.of(
                AxisName.Z, Interval.of(0, 10),
                AxisName.Y, Interval.of(0, 5),
                AxisName.X, Interval.of(1, 6)));
    container.tables().write("FOV_ROI_table", RoiTable.of(List.of(roi)), WritableBackend.CSV);
  }

  private CommandRun project(String... more) {
    List<String> arguments = new ArrayList<>(List.of("project", well.toString()));
    arguments.addAll(List.of(more));
    return SPARK.run(arguments.toArray(String[]::new));
  }

  @Test
  void theLargestPixelsBecomeAnImageOfTheWell() {
    CommandRun run = project("--suffix=Mip");
    assertThat(run.code()).as(run.err()).isZero();
    Container source = Container.open(well.resolve("0").toString());
    Container made = Container.open(well.resolve("0Mip").toString());
    assertThat(made.image().shape()).isEqualTo(SHAPE.with(1, 1));
    assertThat(made.levels()).isEqualTo(2);
    assertThat(made.image().array().metadata().shards()).contains(Shape.of(1, 1, 32, 32));
    Patch all = source.image().read();
    Patch projected = made.image().read();
    for (int c = 0; c < 2; c++) {
      for (int y = 0; y < 30; y++) {
        for (int x = 0; x < 40; x++) {
          double max = 0;
          for (int z = 0; z < 5; z++) {
            max = Math.max(max, all.at(c, z, y, x));
          }
          assertThat(projected.at(c, 0, y, x)).isEqualTo(max);
        }
      }
    }
    byte[] coarse = made.image(1).read().pixels().bytes();
    made.image().consolidate();
    assertThat(made.image(1).read().pixels().bytes()).isEqualTo(coarse);
    Roi roi = made.tables().roiTable("FOV_ROI_table").roi("FOV");
    assertThat(roi.interval(AxisName.Z)).as("of a table without z").isEqualTo(Interval.of(0, 1));
    assertThat(made.tables().backend("FOV_ROI_table")).isEqualTo("csv");
    assertThat(Well.open(StorePath.root(LocalStore.at(well))).images())
        .extracting(WellImage::path)
        .containsExactly("0", "0Mip");
  }

  @Test
  void aRunIsRepeatedAsOthersAre() {
    assertThat(project("--suffix=Mip").code()).isZero();
    assertThat(project("--suffix=Mip").code()).isEqualTo(2);
    CommandRun again = project("--suffix=Mip", "--resume");
    assertThat(again.code()).as(again.err()).isZero();
    CommandRun replaced = project("--suffix=Mip", "--method=mean", "--overwrite");
    assertThat(replaced.code()).as(replaced.err()).isZero();
    CommandRun dry = project("--suffix=Sum", "--method=sum", "--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(well.resolve("0Sum")).doesNotExist();
  }

  @Test
  void anAxisThatIsNotThereIsRefused() {
    CommandRun run = project("--axis=t", "--suffix=T");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Axis 't' is to be projected, and the image has [c, z, y, x]");
    assertThat(project("--axis=y").err()).contains("z, c or t can be projected, got axis y");
  }
}
