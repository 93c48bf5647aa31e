// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Destination;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropSize;
import org.ngffspark.image.Container;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.Estimate;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** The door for programs. What it does is what the commands do, which other tests hold. */
class NgffSparkTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2]");

  @TempDir Path folder;
  private String image;

  @BeforeEach
  void writeImage() {
    Path place = folder.resolve("a.zarr");
    JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6)).write(place);
    image = place.toString();
  }

  private TransformAction halving() {
    return NgffSpark.transform(spark.context(), image)
        .label(NUCLEI)
        .with(MaskedTransform.ofValues(x -> x / 2));
  }

  private static Container open(Path path) {
    return Container.open(StorePath.root(LocalStore.at(path)));
  }

  @Test
  void aFunctionIsRunOnTheObjectsAndWrittenBesideTheImage() {
    Path same = folder.resolve("same.zarr");
    JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 6)).write(same);
    RunResult result = halving().zoom(1.5).channels("0").ids("1-2").suffix("_x").run();
    assertThat(result.images())
        .singleElement()
        .satisfies(
            done -> {
              assertThat(done.state()).as(done.message()).isEqualTo(State.DONE);
              assertThat(done.output()).endsWith("a_x.zarr");
              assertThat(done.work().objects()).isEqualTo(2);
            });
    TestSpark.Ended wanted =
        spark.run(
            SpecBuilder.on(NUCLEI)
                .transform(MaskedTransform.ofValues(x -> x / 2))
                .zoom(1.5)
                .channels("0")
                .ids("1-2")
                .build(),
            new Destination.Sibling("_x", org.ngffspark.job.Existing.REFUSE),
            org.ngffspark.history.Repeat.REFUSE,
            1,
            new ImageRef(same.toUri(), ""));
    assertThat(wanted.only().state()).isEqualTo(State.DONE);
    assertThat(pixels(folder.resolve("a_x.zarr"))).isEqualTo(pixels(folder.resolve("same_x.zarr")));
  }

  private static Map<String, Integer> pixels(Path path) {
    Map<String, Integer> files = Folders.digest(path);
    files.keySet().removeIf(name -> name.contains("/."));
    files.keySet().removeIf(name -> name.startsWith("."));
    return files;
  }

  @Test
  void theSameFunctionIsTheSameJobAndAnotherIsNot() {
    SparkSession session = SparkSession.builder().config(spark.context().getConf()).getOrCreate();
    MaskedTransform offset = new Offset(1);
    TransformAction action =
        NgffSpark.transform(session, image).label(NUCLEI).with(offset).inPlace();
    assertThat(action.run().done()).isEqualTo(1);
    assertThat(action.run().images())
        .singleElement()
        .extracting(ImageOutcome::message)
        .asString()
        .contains("same job");
    assertThat(action.resume().run().doneBefore()).isEqualTo(1);
    assertThat(
            NgffSpark.transform(spark.context(), image)
                .label(NUCLEI)
                .with(new Offset(2))
                .inPlace()
                .run()
                .done())
        .isEqualTo(1);
  }

  /** Adds a number. */
  private record Offset(double value) implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {
      result.update(x -> x + value);
    }
  }

  @Test
  void anImageThatFailsIsInTheResultAndThrowsNothing() {
    JobImage.plane().label(LabelImage.discs("cells", 3, 6)).write(folder.resolve("without.zarr"));
    List<ImageOutcome> heard = new ArrayList<>();
    RunResult result =
        NgffSpark.transform(spark.context(), image, folder.resolve("without.zarr").toString())
            .label(NUCLEI)
            .with("affine", Map.of("offset", "1"))
            .inPlace()
            .listener(
                new RunListener() {
                  @Override
                  public void ended(ImageOutcome outcome) {
                    heard.add(outcome);
                  }
                })
            .run();
    assertThat(result.images())
        .extracting(ImageOutcome::state)
        .containsExactly(State.DONE, State.FAILED);
    RunResult none =
        NgffSpark.transform(spark.context(), image, folder.resolve("without.zarr").toString())
            .label("neither")
            .with("affine", Map.of("offset", "1"))
            .inPlace()
            .run();
    assertThat(none.images())
        .hasSize(2)
        .allMatch(each -> each.state() == State.FAILED)
        .allMatch(each -> each.message().contains("neither"));
    assertThat(heard).hasSize(2);
  }

  @Test
  void whatItIsToldIsCheckedAtOnce() {
    TransformAction action = NgffSpark.transform(spark.context(), image);
    assertThatThrownBy(() -> action.zoom(-1)).hasMessageContaining("Zoom must be a positive");
    assertThatThrownBy(() -> action.ids("none")).hasMessageContaining("Label ids must be");
    assertThatThrownBy(() -> action.level(-1)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> action.suffix("a/b")).hasMessageContaining("A suffix may have");
    assertThatThrownBy(() -> action.with("afine", Map.of())).hasMessageContaining("afine");
    assertThatThrownBy(() -> action.with(new Unserializable(new Object())))
        .hasMessageContaining("cannot be sent to executors");
    assertThatThrownBy(() -> action.onLabel("cells").channels("0"))
        .hasMessageContaining("have no channels");
    assertThatThrownBy(() -> action.inPlace().suffix("_x")).hasMessageContaining("go to one place");
    assertThatThrownBy(() -> NgffSpark.transform(spark.context()))
        .hasMessageContaining("at least one input");
    assertThatThrownBy(() -> halving().run()).hasMessageContaining("suffix(…)");
    assertThatThrownBy(() -> halving().inPlace().overwrite().run())
        .hasMessageContaining("in place");
    assertThatThrownBy(() -> NgffSpark.rois(spark.context(), image).run())
        .hasMessageContaining("label(…)");
  }

  private record Unserializable(Object state) implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }

  @Test
  void anEstimateTouchesNothing() {
    Map<String, Integer> before = Folders.digest(folder);
    Estimate estimate = halving().inPlace().estimate();
    assertThat(estimate.images()).isEqualTo(1);
    assertThat(estimate.bytesRead()).isPositive();
    assertThat(Folders.digest(folder)).isEqualTo(before);
  }

  @Test
  void tablesCropsAndLevelsAreMadeInTheSameWay() {
    assertThat(
            NgffSpark.rois(spark.context(), image)
                .label(NUCLEI)
                .table("boxes")
                .backend(WritableBackend.CSV)
                .run()
                .done())
        .isEqualTo(1);
    RoisAction some = NgffSpark.rois(spark.context(), image).label(NUCLEI).table("some").ids("2-3");
    assertThat(some.run().work().objects()).isEqualTo(2);
    assertThat(some.resume().run().doneBefore()).isEqualTo(1);
    Container container = open(folder.resolve("a.zarr"));
    assertThat(container.tables().names()).containsExactly("boxes", "some");
    assertThat(container.tables().maskingRoiTable("some").labels()).containsExactly(2, 3);
    CropsAction crops =
        NgffSpark.crops(spark.context(), image)
            .label(NUCLEI)
            .table("boxes")
            .masked()
            .format(CropFormat.NPY)
            .skipFailures()
            .to(folder.resolve("crops").toString());
    assertThat(crops.run().work().objects()).isEqualTo(3);
    assertThat(crops.resume().run().doneBefore()).isEqualTo(1);
    assertThat(Folders.content(folder.resolve("crops")).keySet())
        .containsExactly("1.npy", "2.npy", "3.npy", "crops.json", "index.csv");
    int levels = container.image().node().metadata().datasets().size();
    assertThat(NgffSpark.pyramid(spark.context(), image).levels(levels + 1).run().done())
        .isEqualTo(1);
    assertThat(open(folder.resolve("a.zarr")).image().node().metadata().datasets())
        .hasSize(levels + 1);
  }

  @Test
  void cropsOfOneSizeAreATrainingSet() {
    JobImage.plane().label(LabelImage.discs(NUCLEI, 2, 6)).write(folder.resolve("b.zarr"));
    Path set = folder.resolve("train.zarr");
    RunResult result =
        NgffSpark.crops(spark.context(), image, folder.resolve("b.zarr").toString())
            .label(NUCLEI)
            .masked()
            .trainingSet(new CropSize(List.of(24, 20), CropSize.Fit.SCALE))
            .to(set.toString())
            .run();
    assertThat(result.images()).extracting(ImageOutcome::message).containsOnly("");
    StorePath group = StorePath.root(LocalStore.at(set));
    assertThat(ZarrArray.open(group.child("pixels")).shape().get(0)).isEqualTo(5);
    NdArray ids = ZarrArray.open(group.child("labels")).read(Box.whole(Shape.of(5)));
    assertThat(IntStream.range(0, 5).mapToLong(i -> ids.buffer().getLong(8 * i)))
        .containsExactly(1L, 2L, 3L, 1L, 2L);
    assertThatThrownBy(
            () ->
                NgffSpark.crops(spark.context(), image)
                    .trainingSet(new CropSize(List.of(24, 20), CropSize.Fit.PAD))
                    .format(CropFormat.TIFF))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("files or a training set");
  }
}
