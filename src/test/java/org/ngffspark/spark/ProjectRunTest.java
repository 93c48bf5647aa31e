// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.image.Container;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunSettings;
import org.ngffspark.project.ProjectTask;
import org.ngffspark.project.Projection;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.Interval;
import org.ngffspark.roi.Roi;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.nd.Elements;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

/** Projections are those of Fractal's task and of numpy, and read each chunk once. */
class ProjectRunTest {
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[1]");

  @TempDir private Path folder;

  static Stream<Arguments> cases() {
    return Stream.of("stack-v04", "stack-v05", "movie-v05", "bytes-v04", "signed-v05", "float-v04")
        .flatMap(name -> Stream.of(Projection.values()).map(method -> Arguments.of(name, method)));
  }

  private static ProjectTask task(Projection method, AxisName axis, Companions companions) {
    return new ProjectTask(
        method, axis, new Destination.Sibling("Flat", Existing.REFUSE, companions));
  }

  private Container projected(String name, ProjectTask task, int tiles) {
    Path image = folder.resolve(name + ".zarr");
    Folders.copy(Golden.path("projections/" + name + ".zarr"), image);
    ImageRef ref = new ImageRef(image.toUri(), "");
    ImageOutcome outcome = spark.run(task, RunSettings.of("test"), tiles, ref).only();
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
    return Container.open(folder.resolve(name + "Flat.zarr").toString());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pixelsAndAttributesAreThoseOfFractalsTaskAndNumpy(String name, Projection method) {
    String word = method.name().toLowerCase(Locale.ROOT);
    Map<String, NdArray> expected = NpyFile.readAll(Golden.path("projections/" + name + ".npz"));
    Container made = projected(name, task(method, AxisName.Z, Companions.NONE), 1);
    for (int level = 0; expected.containsKey(word + "-" + level); level++) {
      NdArray pixels = made.image(level).read().pixels();
      Golden.assertSame(name + " " + word, pixels, expected.get(word + "-" + level));
    }
    assertClose(made.image().read().pixels(), expected.get(word + "-numpy"));
    JsonNode told = Golden.json("projections/" + name + ".json").path(word);
    if (!told.isMissingNode()) {
      assertThat(ome(made, told.has("version"))).isEqualTo(withoutRegions(told));
      Roi roi = made.tables().roiTable("FOV_ROI_table").rois().get(0);
      for (Map.Entry<String, JsonNode> range : told.at("/regions/FOV").properties()) {
        assertThat(roi.interval(AxisName.ofNgffName(range.getKey()).orElseThrow()))
            .isEqualTo(interval(range.getValue()));
      }
    }
    assertThat(made.labels()).isEmpty();
    assertThat(made.tables().names()).containsExactly("FOV_ROI_table");
  }

  /**
   * Integers are the same; means and deviations of floats are those of float32, but the last bit.
   */
  private static void assertClose(NdArray actual, NdArray expected) {
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.shape()).isEqualTo(expected.shape());
    Elements elements = Elements.of(expected.type());
    for (int i = 0; i < actual.shape().elements(); i++) {
      double value = elements.value(expected.bytes(), i);
      double distance = expected.type().isFloat() ? Math.abs(value) * 1e-6 : 0;
      assertThat(elements.value(actual.bytes(), i)).isCloseTo(value, Offset.offset(distance));
    }
  }

  private static Interval interval(JsonNode range) {
    return Interval.of(range.get(0).doubleValue(), range.get(1).doubleValue());
  }

  private static ObjectNode withoutRegions(JsonNode told) {
    return ((ObjectNode) told.deepCopy()).without("regions");
  }

  private static JsonNode ome(Container container, boolean underOme) {
    StorePath path = StorePath.root(LocalStore.at(Path.of(container.path().store().uri())));
    ObjectNode attributes = Group.open(path).orElseThrow().attributes();
    attributes.remove("ngff-spark");
    return underOme ? attributes.get("ome") : attributes;
  }

  @Test
  void labelImagesAreTheLargestIdsWithTheirMaskingRegions() {
    for (int tiles : List.of(1, 100)) {
      Container made =
          projected("stack-v04", task(Projection.MEAN, AxisName.Z, Companions.LABELS), tiles);
      Map<String, NdArray> expected = NpyFile.readAll(Golden.path("projections/stack-v04.npz"));
      Golden.assertSame("nuclei", made.label("nuclei").read().pixels(), expected.get("nuclei"));
      byte[] coarse = made.label("nuclei", 1).read().pixels().bytes();
      made.label("nuclei").consolidate();
      assertThat(made.label("nuclei", 1).read().pixels().bytes()).isEqualTo(coarse);
      assertThat(made.labels()).containsExactly("nuclei");
      assertThat(made.tables().names()).containsExactly("FOV_ROI_table", "nuclei_ROI");
      Roi region = made.tables().maskingRoiTable("nuclei_ROI").roi(3);
      assertThat(region.interval(AxisName.Z)).isEqualTo(Interval.of(0, 1));
      assertThat(made.maskedImage("nuclei").getRoiMasked(3).size()).isPositive();
      Folders.delete(folder.resolve("stack-v04Flat.zarr"));
    }
  }

  @Test
  void eachChunkIsReadOnce() {
    Container source =
        JobImage.plane()
            .axes("c", "z", "y", "x")
            .shape(2, 5, 64, 80)
            .chunks(1, 2, 16, 20)
            .label(LabelImage.dense(JobImage.NUCLEI, 6))
            .write(folder.resolve("i.zarr"));
    for (int tiles : List.of(1, 100)) {
      WatchedStores.log(folder).clear();
      ImageRef ref = new ImageRef(WatchedStores.uri(folder), "i.zarr");
      ProjectTask task = task(Projection.MAX, AxisName.Z, Companions.LABELS);
      ImageOutcome outcome = spark.run(task, RunSettings.of("test"), tiles, ref).only();
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
      List<String> read = readByTasks();
      assertThat(read).doesNotHaveDuplicates();
      assertThat(read.stream().filter(key -> key.startsWith("i.zarr/0/")))
          .hasSize((int) source.image().array().chunks().count());
      Folders.delete(folder.resolve("iFlat.zarr"));
    }
  }

  /** Keys of chunks that were read before the record of the job looks at all of them. */
  private List<String> readByTasks() {
    return WatchedStores.log(folder).operations().stream()
        .takeWhile(each -> each.kind() != Kind.LIST || !each.key().equals("i.zarr/0"))
        .filter(each -> each.kind() == Kind.READ)
        .map(StoreOperation::key)
        .filter(key -> key.matches("i\\.zarr/(labels/nuclei/)?\\d/\\d.*"))
        .toList();
  }
}
