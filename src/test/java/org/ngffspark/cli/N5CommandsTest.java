// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Commands on an image in N5 do what they do on the same image in OME-Zarr. */
class N5CommandsTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  private static final String NUCLEI = "nuclei";

  @TempDir private Path folder;
  private Path zarr;
  private Path n5;

  @BeforeEach
  void writeTheSameImageTwice() throws java.io.IOException {
    Path plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
    zarr = folder.toRealPath().resolve("image.zarr");
    Folders.copy(plate.resolve("B/03/0"), zarr);
    n5 = folder.toRealPath().resolve("image.n5");
    Container container = Container.open(zarr.toString());
    StorePath target = StorePath.root(LocalStore.at(n5));
    for (int level = 0; level < container.levels(); level++) {
      copy(container.image(level), target.child("s" + level));
      copy(container.label(NUCLEI, level), target.child("labels/nuclei/s" + level));
    }
    double size = container.image().grid().pixelSize(3);
    for (String group : List.of("", "labels/nuclei/")) {
      Json.write(target.child(group + "attributes.json"), attributes(size));
    }
  }

  private static ObjectNode attributes(double size) {
    ObjectNode attributes = Json.object().put("n5", "2.0.0").put("mine", 7);
    ObjectNode resolution = attributes.putObject("pixelResolution").put("unit", "um");
    resolution.putArray("dimensions").add(size).add(size).add(1.0);
    return attributes;
  }

  private static void copy(ImageLevel from, StorePath to) {
    ArrayMetadata metadata =
        ArrayMetadata.defaults(
            ZarrFormat.N5, from.shape(), from.array().metadata().chunks(), from.type(), List.of());
    ZarrArray.create(to, metadata)
        .write(Box.whole(from.shape()), from.array().read(Box.whole(from.shape())));
  }

  private static CommandRun run(Path input, String... more) {
    List<String> arguments =
        Stream.concat(Stream.of(more[0], input.toString()), Stream.of(more).skip(1)).toList();
    CommandRun run = SPARK.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as("%s: %s %s", arguments, run.out(), run.err()).isZero();
    return run;
  }

  private void assertSamePixels(Path left, Path right) {
    Container one = Container.open(left.toString());
    Container other = Container.open(right.toString());
    assertThat(one.levels()).isEqualTo(other.levels());
    for (int level = 0; level < one.levels(); level++) {
      assertThat(one.image(level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(other.image(level).read().pixels().bytes());
    }
  }

  @Test
  void pixelsChangedInPlaceAreTheSameAndWhatToolsReadStays() {
    for (Path each : List.of(zarr, n5)) {
      run(each, "transform", "--label=nuclei", "--transform=invert", "--in-place");
    }
    assertSamePixels(n5, zarr);
    ObjectNode attributes =
        Json.read(StorePath.root(LocalStore.at(n5)).child("attributes.json")).orElseThrow();
    assertThat(attributes.get("mine").intValue()).isEqualTo(7);
    assertThat(attributes.has("pixelResolution")).isTrue();
    assertThat(attributes.has("ngff-spark")).isTrue();
    assertThat(n5.resolve("s0/attributes.json")).exists();
  }

  @Test
  void aNewImageIsOneOfN5WithLabels() {
    for (Path each : List.of(zarr, n5)) {
      run(each, "transform", "--label=nuclei", "--transform=invert", "--suffix=New");
    }
    Path made = n5.resolveSibling("imageNew.n5");
    assertSamePixels(made, zarr.resolveSibling("imageNew.zarr"));
    assertThat(made.resolve(".zattrs")).doesNotExist();
    assertThat(Container.open(made.toString()).label(NUCLEI).read().pixels().bytes())
        .isEqualTo(Container.open(n5.toString()).label(NUCLEI).read().pixels().bytes());
  }

  @Test
  void aFolderWithoutAttributesIsChangedToo() throws java.io.IOException {
    Files.delete(n5.resolve("attributes.json"));
    Files.delete(n5.resolve("labels/nuclei/attributes.json"));
    run(n5, "transform", "--label=nuclei", "--transform=invert", "--in-place");
    run(zarr, "transform", "--label=nuclei", "--transform=invert", "--in-place");
    assertSamePixels(n5, zarr);
  }

  @Test
  void labelsTablesAndCropsAreTheSame() throws java.io.IOException {
    for (Path each : List.of(zarr, n5)) {
      String name = each.getFileName().toString();
      run(each, "segment", "--label=nuclei", "--channel=0", "--method=otsu", "--to=spots");
      run(each, "rois", "--label=nuclei", "--table=boxes", "--backend=csv");
      run(each, "measure", "--label=nuclei", "--table=found", "--backend=csv");
      run(each, "pyramid", "--levels=4");
      run(each, "crops", "--label=nuclei", "--ids=1-3", "--to=" + folder.resolve("crops-" + name));
      run(each, "inspect");
    }
    assertSamePixels(n5, zarr);
    Container left = Container.open(n5.toString());
    Container right = Container.open(zarr.toString());
    assertThat(left.label("spots").read().pixels().bytes())
        .isEqualTo(right.label("spots").read().pixels().bytes());
    assertThat(left.tables().read("found").toCsv())
        .isEqualTo(named(right.tables().read("found").toCsv()));
    Map<String, String> crops = Folders.read(folder.resolve("crops-image.n5"));
    crops.keySet().removeAll(List.of("index.csv", "crops.json"));
    Map<String, String> others = Folders.read(folder.resolve("crops-image.zarr"));
    others.keySet().removeAll(List.of("index.csv", "crops.json"));
    assertThat(crops).isEqualTo(others).hasSize(3);
  }

  /** As channels without names are called. */
  private static String named(String csv) {
    return csv.replace("DAPI", "channel_0").replace("GFP", "channel_1");
  }
}
