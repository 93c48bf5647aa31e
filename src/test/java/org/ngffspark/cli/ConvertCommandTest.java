// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.golden.Folders;
import org.ngffspark.image.Container;
import org.ngffspark.image.Patch;
import org.ngffspark.ngff.Channel;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.Table;
import org.ngffspark.table.TableFingerprint;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

class ConvertCommandTest {
  @RegisterExtension static final CommandSpark SPARK = new CommandSpark();

  private static final List<String> IMAGES = List.of("B/03/0", "B/03/1", "C/05/0", "C/05/1");

  @TempDir private Path folder;
  private Path plate;

  @BeforeEach
  void makePlate() throws IOException {
    plate = TestPlate.write(folder.toRealPath().resolve("plate.zarr"), NgffVersion.V0_4);
    StorePath image = path(plate.resolve("B/03/0"));
    Group group = Group.open(image).orElseThrow();
    group.writeAttributes(group.attributes().put("mine", 7));
  }

  private static StorePath path(Path place) {
    return StorePath.root(LocalStore.at(place));
  }

  private static CommandRun convert(Path from, Path to, String... more) {
    List<String> arguments = new ArrayList<>(List.of("convert", from.toString(), "--to=" + to));
    arguments.addAll(List.of(more));
    return SPARK.run(arguments.toArray(String[]::new));
  }

  private static void done(CommandRun run) {
    assertThat(run.code()).as("%s%s", run.out(), run.err()).isZero();
  }

  private static void assertSame(Path left, Path right) {
    Container one = Container.open(left.toString());
    Container other = Container.open(right.toString());
    assertThat(one.levels()).isEqualTo(other.levels());
    for (int level = 0; level < one.levels(); level++) {
      assertThat(one.image(level).grid().pixelSize(3))
          .isEqualTo(other.image(level).grid().pixelSize(3));
      assertThat(one.image(level).read().pixels().bytes())
          .isEqualTo(other.image(level).read().pixels().bytes());
    }
    assertThat(one.channels()).isEqualTo(other.channels());
    assertThat(one.labels()).isEqualTo(other.labels());
    for (String name : one.labels()) {
      assertThat(one.label(name, 1).read().pixels().bytes())
          .isEqualTo(other.label(name, 1).read().pixels().bytes());
    }
    assertThat(one.tables().names()).isEqualTo(other.tables().names());
    for (String name : one.tables().names()) {
      assertThat(one.tables().type(name)).isEqualTo(other.tables().type(name));
      assertThat(one.tables().read(name).toCsv()).isEqualTo(other.tables().read(name).toCsv());
    }
  }

  private static ObjectNode attributes(Path group) {
    ObjectNode attributes = Group.open(path(group)).orElseThrow().attributes();
    attributes.remove("ngff-spark");
    return attributes;
  }

  @Test
  void aPlateThereAndBackIsTheSame() {
    Path sharded = plate.resolveSibling("sharded.zarr");
    done(
        convert(
            plate,
            sharded,
            "--format=0.5",
            "--chunks=32,32",
            "--shards=64,128",
            "--codec=zstd",
            "--verify"));
    Container made = Container.open(sharded.resolve("B/03/0").toString());
    assertThat(made.metadata().version()).isEqualTo(NgffVersion.V0_5);
    assertThat(made.image().array().metadata().shards()).contains(Shape.of(1, 1, 64, 128));
    assertThat(made.image().array().metadata().codecs().toString()).contains("zstd");
    assertThat(attributes(sharded.resolve("B/03/0")).get("mine").intValue()).isEqualTo(7);
    Path back = plate.resolveSibling("back.zarr");
    done(convert(sharded, back, "--format=0.4"));
    for (String image : IMAGES) {
      assertSame(sharded.resolve(image), plate.resolve(image));
      assertSame(back.resolve(image), plate.resolve(image));
      assertThat(attributes(back.resolve(image))).isEqualTo(attributes(plate.resolve(image)));
      assertThat(attributes(back.resolve(image + "/labels/nuclei")))
          .isEqualTo(attributes(plate.resolve(image + "/labels/nuclei")));
    }
    assertThat(attributes(back)).isEqualTo(attributes(plate));
    assertThat(attributes(back.resolve("B/03"))).isEqualTo(attributes(plate.resolve("B/03")));
    CommandRun run =
        SPARK.run(
            "transform", sharded.toString(), "--label=nuclei", "--transform=invert", "--in-place");
    assertThat(run.out()).startsWith("4 images");
  }

  @Test
  void anImageGoesThroughN5() {
    Path image = plate.resolve("B/03/0");
    Path n5 = plate.resolveSibling("image.n5");
    done(convert(image, n5, "--format=n5"));
    assertThat(Container.open(n5.toString()).image().array().metadata().format())
        .isEqualTo(ZarrFormat.N5);
    assertThat(Container.open(n5.toString()).metadata().datasets().get(2).path()).isEqualTo("s2");
    assertSame(n5, image);
    Path back = plate.resolveSibling("back.zarr");
    done(convert(n5, back, "--format=0.4", "--codec=blosc-lz4"));
    assertSame(back, image);
    assertThat(attributes(back)).isEqualTo(attributes(image));
  }

  @Test
  void whatIsThereIsRefusedReplacedOrPassedOver() throws IOException {
    Path image = plate.resolve("B/03/0");
    Path to = plate.resolveSibling("new.zarr");
    done(convert(image, to, "--format=0.5", "--no-copy-labels"));
    assertThat(Container.open(to.toString()).labels()).isEmpty();
    CommandRun refused = convert(image, to, "--format=0.5", "--no-copy-labels");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("it exists already");
    var before = Folders.read(to);
    done(convert(image, to, "--format=0.5", "--no-copy-labels", "--resume"));
    assertThat(Folders.read(to)).isEqualTo(before);
    done(convert(image, to, "--format=0.4", "--overwrite"));
    assertSame(to, image);
    assertThat(to.resolve("zarr.json")).doesNotExist();
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsWritten() {
    Path image = plate.resolve("B/03/0");
    Path to = plate.resolveSibling("new.zarr");
    assertThat(convert(image, to, "--format=0.7").err())
        .contains("A format must be one of [0.4, 0.5, 0.6, n5], got '0.7'");
    assertThat(convert(image, to, "--format=0.4", "--shards=64,64").err())
        .contains("Shards [64, 64] are of NGFF 0.5 and 0.6, not of 0.4");
    assertThat(convert(image, to, "--format=0.4", "--codec=jpeg").err())
        .contains("A codec must be one of [keep, blosc-lz4, blosc-zstd, zstd, gzip, none]");
    assertThat(convert(image, image.resolve("inside"), "--format=0.4").err())
        .contains("must lie apart from the image that is read");
    assertThat(to).doesNotExist();
  }

  @Test
  void chunksAndShardsThatAreLeftOpenGetAGoodSize() {
    Path image = plate.resolve("B/03/0");
    CommandRun dry = convert(image, plate.resolveSibling("new.zarr"), "--format=0.5", "--dry-run");
    assertThat(dry.out()).containsPattern("chunks +[0-9]+ chunks of the input, read once each");
    Path to = plate.resolveSibling("new.zarr");
    done(convert(image, to, "--format=0.5"));
    Container made = Container.open(to.toString());
    Shape shape = made.image().shape();
    assertThat(made.image().array().metadata().chunks()).isEqualTo(shape.with(0, 1));
    assertThat(made.image().array().metadata().shards()).contains(shape.with(0, 1));
    Path open = plate.resolveSibling("open.zarr");
    done(convert(image, open, "--format=0.5", "--chunks=keep", "--shards=none"));
    assertThat(Container.open(open.toString()).image().array().metadata().shards()).isEmpty();
  }

  @Test
  void aPlateListsWhatIsThereAndTheRestWhenThatIsDone() throws IOException {
    Path chunk = plate.resolve("C/05/1/0/.zarray");
    byte[] before = Files.readAllBytes(chunk);
    Files.write(chunk, new byte[] {'{'});
    Path to = plate.resolveSibling("new.zarr");
    assertThat(convert(plate, to, "--format=0.5").code()).isEqualTo(1);
    assertThat(Well.open(path(to.resolve("C/05"))).images())
        .extracting(WellImage::path)
        .containsExactly("0");
    Files.write(chunk, before);
    done(convert(plate, to, "--format=0.5", "--resume"));
    assertThat(Plate.open(path(to)).images(PlateSelection.ALL)).hasSize(4);
    Path moved = Files.createDirectory(plate.resolveSibling("moved"));
    Files.move(plate, moved.resolve("plate.zarr"));
    Files.move(to, moved.resolve("new.zarr"));
    CommandRun again =
        convert(moved.resolve("plate.zarr"), moved.resolve("new.zarr"), "--format=0.5", "--resume");
    done(again);
    assertThat(again.out()).contains("4 done by the same job before");
  }

  @Test
  void someChannelsAndLevelsAreCopiedInAnotherType() {
    Path image = plate.resolve("B/03/0");
    Path to = plate.resolveSibling("new.zarr");
    Container source = Container.open(image.toString());
    int last = source.image().channels().size() - 1;
    done(
        convert(
            image,
            to,
            "--format=0.4",
            "--channels=" + last + ",0",
            "--levels=2",
            "--dtype=uint8",
            "--rescale=100:2000",
            "--verify"));
    Container made = Container.open(to.toString());
    assertThat(made.levels()).isEqualTo(2);
    assertThat(made.image().type()).isEqualTo(DataType.UINT8);
    assertThat(made.channels())
        .extracting(Channel::label)
        .containsExactly(source.channels().get(last).label(), source.channels().get(0).label());
    Patch before = source.image(1).read();
    Patch after = made.image(1).read();
    Shape shape = made.image(1).shape();
    for (int c = 0; c < 2; c++) {
      for (int y = 0; y < shape.get(2); y++) {
        for (int x = 0; x < shape.get(3); x++) {
          double value = before.at(c == 0 ? last : 0, 0, y, x);
          double share = Math.min(1, Math.max(0, (value - 100) / 1900));
          assertThat(after.at(c, 0, y, x)).isEqualTo(Math.rint(share * 255));
        }
      }
    }
    assertThat(made.label("nuclei").read().pixels().bytes())
        .isEqualTo(source.label("nuclei").read().pixels().bytes());
    assertThat(convert(image, plate.resolveSibling("no"), "--format=0.4", "--levels=9").err())
        .contains("levels, got --levels 9");
    assertThat(convert(image, plate.resolveSibling("no"), "--format=0.4", "--rescale=1:2").err())
        .contains("give --dtype with --rescale 1:2");
    assertThat(convert(image, plate.resolveSibling("no"), "--format=0.4", "--dtype=rgb").err())
        .contains("got 'rgb'");
  }

  @Test
  void aPartIsCutOutOfAllLevelsLabelsAndTables() {
    Path image = plate.resolve("B/03/0");
    Path to = plate.resolveSibling("part.zarr");
    done(convert(image, to, "--format=0.5", "--crop=y=33:90,x=50:", "--verify"));
    Container source = Container.open(image.toString());
    Container made = Container.open(to.toString());
    Box finest = Box.of(new long[] {0, 0, 32, 48}, new long[] {2, 1, 92, 160});
    for (int level = 0; level < 3; level++) {
      long factor = 1L << level;
      Box box = finest.with(2, 32 / factor, 92 / factor).with(3, 48 / factor, 160 / factor);
      assertThat(made.image(level).read().pixels().bytes())
          .isEqualTo(source.image(level).read(box).pixels().bytes());
      Box ofLabel = Box.of(new long[] {0, box.start(2), box.start(3)}, stops(box));
      assertThat(made.label("nuclei", level).read().pixels().bytes())
          .isEqualTo(source.label("nuclei", level).read(ofLabel).pixels().bytes());
      double pixel = source.image().grid().pixelSize(3);
      assertThat(made.image(level).grid().translation(2)).isEqualTo(32 * pixel);
      assertThat(made.label("nuclei", level).grid().translation(2)).isEqualTo(48 * pixel);
    }
    assertObjectsAreWhereTheyWere(source, made, finest);
    Path whole = plate.resolveSibling("whole.zarr");
    done(convert(image, whole, "--format=0.4", "--crop=y=0:20.8,x=0:um", "--levels=1"));
    assertThat(Container.open(whole.toString()).image().shape().get(2)).isEqualTo(128);
  }

  private static long[] stops(Box box) {
    return new long[] {1, box.stop(2), box.stop(3)};
  }

  /** Those of which something is left, and the table is known to be of the label image. */
  private static void assertObjectsAreWhereTheyWere(Container source, Container made, Box part) {
    String table =
        made.tables().names().stream().filter(made.tables()::isMasking).findFirst().get();
    MaskingRoiTable rois = made.tables().maskingRoiTable(table);
    MaskingRoiTable before = source.tables().maskingRoiTable(table);
    assertThat(rois.size()).isBetween(1, before.size() - 1);
    for (long id : rois.labels()) {
      Box there = before.roi(id).toBox(source.image().grid()).intersect(part);
      assertThat(rois.roi(id).toBox(made.image().grid())).isEqualTo(there.relativeTo(part));
    }
    assertThat(new TableFingerprint(source.tables(), table).find())
        .contains(source.label("nuclei").fingerprint());
    assertThat(new TableFingerprint(made.tables(), table).find())
        .contains(made.label("nuclei").fingerprint());
    assertThat(made.label("nuclei").boxes().size()).isLessThanOrEqualTo(rois.size());
  }

  @Test
  void aPartThatIsNoneIsRefused() {
    Path image = plate.resolve("B/03/0");
    Path to = plate.resolveSibling("no");
    assertThat(convert(image, to, "--format=0.4", "--crop=y=9").err())
        .contains("A crop is a range for each axis t, z, y or x, as y=100:612,x=200:712");
    assertThat(convert(image, to, "--format=0.4", "--crop=y=9:9").err())
        .contains("A range goes from 0 or more to something larger, got 9.0:9.0");
    assertThat(convert(image, to, "--format=0.4", "--crop=y=1.5:9").err())
        .contains("Pixels are whole numbers");
    assertThat(convert(image, to, "--format=0.4", "--crop=y=128:200").err())
        .contains("A crop of y=128:200px has nothing of image");
    assertThat(convert(image, to, "--format=0.4", "--crop=t=0:1").err())
        .contains("A crop of t=0:1px has nothing of image");
    assertThat(to).doesNotExist();
  }

  @Test
  void aPlateGoesThroughCoordinateSystemsAndKeepsWhatNobodyKnows() {
    set(plate.resolve("B/03/0/0"), "of the array");
    set(plate.resolve("B/03/0/labels"), "of the list of labels");
    set(plate.resolve("B/03/0/tables"), "of the list of tables");
    set(plate.resolve("B"), "of the row");
    Table wells = Table.of(List.of(LongColumn.of("n", 3)));
    Tables.open(path(plate)).writeGeneric("wells", wells, WritableBackend.CSV);
    Path newest = plate.resolveSibling("newest.zarr");
    done(convert(plate, newest, "--format=0.6"));
    Container made = Container.open(newest.resolve("B/03/0").toString());
    assertThat(made.metadata().version()).isEqualTo(NgffVersion.V0_6);
    assertThat(made.metadata().json().at("/multiscales/0").has("axes")).isFalse();
    Path back = plate.resolveSibling("back.zarr");
    done(convert(newest, back, "--format=0.4", "--chunks=keep"));
    for (String image : IMAGES) {
      assertSame(newest.resolve(image), plate.resolve(image));
      assertSame(back.resolve(image), plate.resolve(image));
    }
    for (String group : List.of("", "B", "B/03", "B/03/0", "B/03/0/0", "B/03/0/labels")) {
      assertThat(json(back.resolve(group))).as(group).isEqualTo(json(plate.resolve(group)));
    }
    assertThat(json(back.resolve("B/03/0/tables")).toString()).contains("of the list of tables");
    assertThat(Tables.open(path(back)).read("wells").rows()).isEqualTo(1);
  }

  private static void set(Path group, String value) {
    StorePath file = path(group).child(".zattrs");
    Json.write(file, Json.read(file).orElseGet(Json::object).put("mine", value));
  }

  private static ObjectNode json(Path node) {
    ObjectNode attributes = Json.read(path(node).child(".zattrs")).orElseGet(Json::object);
    attributes.remove("ngff-spark");
    return attributes;
  }

  @Test
  void whatHasNoPlaceIsAnErrorOrALineOfTheManifest() throws IOException {
    Path image = plate.resolve("B/03/0");
    Path newest = plate.resolveSibling("newest.zarr");
    done(convert(image, newest, "--format=0.6"));
    Group group = Group.open(path(newest)).orElseThrow();
    ObjectNode attributes = group.attributes();
    ObjectNode entry = (ObjectNode) attributes.at("/ome/multiscales/0");
    entry.withArray("coordinateSystems").addObject().put("name", "stage").putArray("axes");
    ObjectNode step = entry.putArray("coordinateTransformations").addObject();
    step.put("type", "affine").putObject("output").put("name", "stage");
    group.writeAttributes(attributes);
    Files.createDirectory(newest.resolve("OME"));
    Files.writeString(newest.resolve("OME/METADATA.ome.xml"), "<OME/>");
    Path to = plate.resolveSibling("new.zarr");
    CommandRun refused = convert(newest, to, "--format=0.4");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out() + refused.err())
        .contains(
            "In 0.4 there is no place for coordinate system 'stage', the transformation to 'stage',"
                + " 'OME', which no metadata list; leave it out with --lenient");
    assertThat(to).doesNotExist();
    Path manifest = plate.resolveSibling("run.jsonl");
    done(convert(newest, to, "--format=0.4", "--lenient", "--manifest=" + manifest));
    assertThat(Files.readString(manifest))
        .contains("left out: coordinate system 'stage'")
        .contains("left out: 'OME', which no metadata list");
    assertSame(to, image);
    Path kept = plate.resolveSibling("kept.zarr");
    done(convert(newest, kept, "--format=0.6", "--lenient", "--crop=y=4:"));
    assertThat(Container.open(kept.toString()).metadata().json().toString()).contains("stage");
    assertThat(Container.open(kept.toString()).image().grid().translation(2))
        .isEqualTo(4 * Container.open(image.toString()).image().grid().pixelSize(2));
  }
}
