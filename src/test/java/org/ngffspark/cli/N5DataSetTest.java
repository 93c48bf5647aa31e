// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.job.RunResult;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.AxisName;
import org.ngffspark.spark.NgffSpark;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Commands on a data set of N5 without metadata of an image do what they do on OME-Zarr. */
class N5DataSetTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  private static final String NUCLEI = "nuclei";

  @TempDir private Path folder;
  private Path zarr;
  private Path raw;
  private String axes;
  private String size;

  @BeforeEach
  void writeTheSamePixelsTwice() throws java.io.IOException {
    Path plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
    zarr = folder.toRealPath().resolve("image.zarr");
    Folders.copy(plate.resolve("B/03/0"), zarr);
    Container container = Container.open(zarr.toString());
    axes = "--axes=" + String.join(",", container.image().axes().names());
    size = "--pixel-size=" + container.image().grid().pixelSize(3);
    StorePath n5 = StorePath.root(LocalStore.at(folder.toRealPath().resolve("volume.n5")));
    Json.write(n5.child("attributes.json"), Json.object().put("n5", "2.0.0"));
    raw = folder.toRealPath().resolve("volume.n5/raw");
    copy(container.image(), n5.child("raw"));
    copy(container.label(NUCLEI), n5.child("raw/labels/nuclei"));
  }

  private static void copy(ImageLevel from, StorePath to) {
    ArrayMetadata metadata =
        ArrayMetadata.defaults(
            ZarrFormat.N5, from.shape(), from.array().metadata().chunks(), from.type(), List.of());
    ZarrArray.create(to, metadata, Json.object().put("mine", 7))
        .write(Box.whole(from.shape()), from.array().read(Box.whole(from.shape())));
  }

  private static CommandRun run(String command, Path input, String... more) {
    return SPARK.run(
        Stream.concat(Stream.of(command, input.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private CommandRun described(String command, String... more) {
    CommandRun run = run(command, raw, told(more));
    assertThat(run.code()).as("%s: %s %s", command, run.out(), run.err()).isZero();
    return run;
  }

  private String[] told(String... more) {
    return Stream.concat(Stream.of(axes, size), Stream.of(more)).toArray(String[]::new);
  }

  private void assertSamePixels(Path left, Path right) {
    assertThat(Container.open(left.toString()).image().read().pixels().bytes())
        .isEqualTo(Container.open(right.toString()).image().read().pixels().bytes());
  }

  private static ObjectNode attributes(Path dataSet) {
    return Json.read(StorePath.root(LocalStore.at(dataSet)).child("attributes.json")).orElseThrow();
  }

  @Test
  void withoutAxesItSaysWhatToGive() {
    CommandRun run = run("inspect", raw);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("does not tell its axes; give --axes");
  }

  @Test
  void pixelsAreChangedInPlaceAndTheDataSetStaysOne() {
    run("transform", zarr, "--label=nuclei", "--transform=invert", "--in-place");
    ObjectNode before = attributes(raw);
    described("transform", "--label=nuclei", "--transform=invert", "--in-place");
    ObjectNode after = attributes(raw);
    for (String field : List.of("dimensions", "blockSize", "dataType", "compression", "mine")) {
      assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
    }
    assertThat(after.has("ngff-spark")).isTrue();
    ZarrArray pixels = ZarrArray.open(StorePath.root(LocalStore.at(raw)));
    Container expected = Container.open(zarr.toString());
    assertThat(pixels.read(Box.whole(pixels.shape())).bytes())
        .isEqualTo(expected.image().read().pixels().bytes());
    CommandRun again =
        described("transform", "--label=nuclei", "--transform=invert", "--in-place", "--resume");
    assertThat(again.out()).contains("done by the same job before");
  }

  @Test
  void aNewImageIsADataSetThatTellsItsAxes() {
    run("transform", zarr, "--label=nuclei", "--transform=invert", "--suffix=New");
    described("transform", "--label=nuclei", "--transform=invert", "--suffix=New");
    Path made = raw.resolveSibling("rawNew");
    assertSamePixels(made, zarr.resolveSibling("imageNew.zarr"));
    assertThat(Container.open(made.toString()).labels()).containsExactly(NUCLEI);
    assertThat(Container.open(made.toString()).label(NUCLEI).shape().rank()).isEqualTo(3);
    assertThat(run("inspect", made).code()).isZero();
  }

  @Test
  void everyCommandTakesIt() throws java.io.IOException {
    run("segment", zarr, "--label=nuclei", "--channel=0", "--method=otsu", "--to=spots");
    described("segment", "--label=nuclei", "--channel=0", "--method=otsu", "--to=spots");
    Container expected = Container.open(zarr.toString());
    run("project", zarr, "--axis=c", "--suffix=Flat");
    described("project", "--axis=c", "--suffix=Flat");
    assertSamePixels(raw.resolveSibling("rawFlat"), zarr.resolveSibling("imageFlat.zarr"));
    described("rois", "--label=nuclei", "--table=boxes", "--backend=csv");
    described("measure", "--label=nuclei", "--table=found", "--backend=csv");
    described("crops", "--label=spots", "--ids=1-3", "--to=" + folder.resolve("crops"));
    described("inspect");
    described("tables");
    assertThat(Folders.read(folder.resolve("crops"))).containsKeys("1.npy", "2.npy", "3.npy");
    Path converted = folder.resolve("converted.zarr");
    described("convert", "--to=" + converted, "--format=0.4");
    assertSamePixels(converted, zarr);
    assertThat(Container.open(converted.toString()).labels()).containsExactly(NUCLEI, "spots");
    assertThat(Container.open(converted.toString()).label("spots").read().pixels().bytes())
        .isEqualTo(expected.label("spots").read().pixels().bytes());
    Path back = folder.resolve("back.n5");
    assertThat(run("convert", converted, "--to=" + back, "--format=n5").code()).isZero();
    assertSamePixels(back, zarr);
    described("remove", "--label=spots");
    assertThat(run("remove", raw, axes, size, "--label=nuclei").err()).contains("--force");
    described("remove", "--label=nuclei", "--force");
    assertThat(raw.resolve("labels/nuclei")).doesNotExist();
    described("remove", "--table=found");
    assertThat(run("remove", raw.resolveSibling("rawFlat")).code()).isZero();
    assertThat(raw.resolveSibling("rawFlat")).doesNotExist();
  }

  @Test
  void labelsBesideItAreReadByTheirNames() throws java.io.IOException {
    described("measure", "--label=nuclei", "--table=below", "--backend=csv");
    Files.move(raw.resolve("labels"), raw.resolveSibling("labels"));
    copy(
        Container.open(zarr.toString()).label(NUCLEI, 1),
        StorePath.root(LocalStore.at(raw.resolveSibling("labels/coarse"))));
    described("measure", "--label=nuclei", "--table=beside", "--backend=csv");
    assertThat(described("inspect").out())
        .contains("NGFF 0.4, N5, uint16, axes c z y x", "gzip", NUCLEI)
        .doesNotContain("coarse");
    assertThat(Files.readString(raw.resolve("tables/beside/table.csv")))
        .isEqualTo(Files.readString(raw.resolve("tables/below/table.csv")));
    described("transform", "--label=nuclei", "--transform=invert", "--suffix=New");
    run("transform", zarr, "--label=nuclei", "--transform=invert", "--suffix=New");
    Path made = raw.resolveSibling("rawNew");
    assertSamePixels(made, zarr.resolveSibling("imageNew.zarr"));
    assertThat(Container.open(made.toString()).labels()).containsExactly(NUCLEI);
    Path converted = folder.resolve("converted.zarr");
    described("convert", "--to=" + converted, "--format=0.5");
    assertThat(Container.open(converted.toString()).labels()).containsExactly(NUCLEI);
    assertThat(Container.open(converted.toString()).label(NUCLEI).read().pixels().bytes())
        .isEqualTo(Container.open(zarr.toString()).label(NUCLEI).read().pixels().bytes());
    String[] erode = {
      "--label=nuclei", "--on-label=nuclei", "--transform=erode", "--param=radius=1", "--in-place"
    };
    assertThat(run("transform", raw, told(erode)).err()).contains("lies beside this data set");
    assertThat(run("remove", raw, told("--label=nuclei", "--force")).code()).isNotZero();
    assertThat(run("rois", raw, told("--label=none", "--table=boxes")).err())
        .contains("No label 'none'");
    assertThat(raw.resolveSibling("labels/nuclei/attributes.json")).exists();
  }

  @Test
  void programsQueriesAndPagesOfRunsAreToldTheSame() throws java.io.IOException {
    List<String> names = Container.open(zarr.toString()).image().axes().names();
    double pixel = Container.open(zarr.toString()).image().grid().pixelSize(3);
    RunResult result =
        NgffSpark.rois(SPARK.context(), raw.toString())
            .axes(names.toArray(String[]::new))
            .pixelSize(Map.of(AxisName.Y, pixel, AxisName.X, pixel))
            .label(NUCLEI)
            .table("boxes")
            .backend(WritableBackend.CSV)
            .run();
    assertThat(result.done()).as("%s", result).isEqualTo(1);
    SparkSession session = SparkSession.builder().sparkContext(SPARK.context().sc()).getOrCreate();
    assertThat(objects(session, raw, String.join(",", names), Double.toString(pixel)))
        .isEqualTo(objects(session, zarr, "", ""));
    String manifest = folder.resolve("run.jsonl").toString();
    described(
        "transform",
        "--label=nuclei",
        "--transform=invert",
        "--in-place",
        "--manifest=" + manifest);
    Path page = folder.resolve("page");
    assertThat(CommandRun.of("report", manifest, "--to=" + page).code()).isZero();
    assertThat(Files.readString(page.resolve("report.html")))
        .contains("data:image/jpeg")
        .doesNotContain("does not tell its axes");
  }

  private static List<Row> objects(SparkSession session, Path image, String axes, String size) {
    return session
        .read()
        .format("ngff")
        .option("label", NUCLEI)
        .option("axes", axes)
        .option("pixelSize", size)
        .load(image.toString())
        .select("label", "x_micrometer", "len_x_micrometer")
        .orderBy("label")
        .collectAsList();
  }

  @Test
  void whatAnImageTellsItselfIsNotSaidOtherwise() {
    CommandRun other = run("inspect", zarr, "--axes=z,y,x");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("--axes and --pixel-size are for data sets of N5");
    CommandRun levels = run("pyramid", raw, axes, size, "--levels=3");
    assertThat(levels.code()).isNotZero();
    assertThat(levels.err() + levels.out()).contains("is a data set of N5, which has one level");
  }
}
