// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.image.Patch;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectChoice.TableChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.labels.Search;
import org.ngffspark.labels.Search.ByFinder;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.labels.SegmentTask;
import org.ngffspark.measure.FeatureColumn;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.measure.MeasuredImage;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.python.NeedsPython;
import org.ngffspark.python.PythonFeatures;
import org.ngffspark.python.PythonFinder;
import org.ngffspark.python.PythonSettings;
import org.ngffspark.python.TestPython;
import org.ngffspark.segment.Connectivity;
import org.ngffspark.table.Column;
import org.ngffspark.table.DoubleColumn;
import org.ngffspark.table.LongColumn;
import org.ngffspark.table.Table;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.transform.Parameters;

/** Runs that measure and find objects by functions of Python. */
@NeedsPython
class PythonObjectsTest {
  @RegisterExtension static final TestSpark SPARK = TestSpark.on("local[2]");

  @TempDir private Path folder;

  private String function(String source) throws IOException {
    Path file = folder.resolve("own.py");
    Files.writeString(file, source);
    return file + ":f";
  }

  private Container image() {
    return JobImage.plane().write(folder.resolve("image"));
  }

  private ImageOutcome measure(PythonFeatures own, int tiles) {
    MeasureTask task =
        new MeasureTask(
            JobImage.NUCLEI,
            new PixelTarget.OfImage(List.of(), 0),
            FeatureSet.of(List.of("num_pixels", "intensity_max")).and(own, Map.of()),
            LabelSelection.all(),
            "features",
            WritableBackend.ANNDATA,
            Existing.REPLACE,
            FeatureExport.NONE);
    ImageRef ref = new ImageRef(folder.resolve("image").toUri(), "");
    return SPARK.run(task, RunSettings.of("test"), tiles, ref).only();
  }

  private Table table() {
    return Container.open(folder.resolve("image").toString())
        .tables()
        .featureTable("features")
        .table();
  }

  @Test
  void aDictOfNumbersBecomesColumns() throws IOException {
    Container container = image();
    PythonFeatures loaded =
        PythonFeatures.load(
            function(
                """
                def f(patch, mask, label, channel_names, *, scale: float = 1):
                    \"""Own numbers.\"""
                    found = {"pixels": int(mask[0].sum()), "label_again": label * scale, "channels": len(channel_names)}
                    if label % 2 == 0 or label == 1:
                        found["bright"] = patch[0][mask[0]].max()
                    return found
                """),
            TestPython.settings());
    PythonFeatures own =
        loaded.configure(Parameters.of("Features", loaded, Map.of("scale", "0.5")));
    assertThat(own.description()).isEqualTo("Own numbers.");
    for (int tiles : new int[] {1, 5}) {
      ImageOutcome ended = measure(own, tiles);
      assertThat(ended.state()).as(ended.explained()).isEqualTo(State.DONE);
      Table table = table();
      LongColumn labels = (LongColumn) table.index().orElseThrow();
      String first = container.image().channels().get(0).label();
      for (int row = 0; row < table.rows(); row++) {
        long label = labels.value(row);
        assertThat(number(table, "pixels", row)).isEqualTo(number(table, "num_pixels", row));
        assertThat(number(table, "label_again", row)).isEqualTo(label * 0.5);
        assertThat(number(table, "channels", row)).isEqualTo(2.0);
        double bright = number(table, "bright", row);
        if (label % 2 == 0 || label == 1) {
          assertThat(bright).isEqualTo(number(table, "intensity_max-" + first, row));
        } else {
          assertThat(bright).isNaN();
        }
      }
    }
  }

  private static double number(Table table, String name, int row) {
    Column column = table.column(name);
    return column instanceof LongColumn longs
        ? longs.value(row)
        : ((DoubleColumn) column).value(row);
  }

  @Test
  void theDriverLearnsNamesByItsOwnInterpreterAndExecutorsByTheirs() throws Exception {
    PythonFeatures own =
        PythonFeatures.load(function("def f(patch): return {'a': 1}"), TestPython.settings());
    PythonFeatures sent =
        own.with(PythonSettings.of("./env/bin/python"))
            .configure(Parameters.of("Features", own, Map.of()));
    Image level = image().image();
    MeasuredImage image = MeasuredImage.of(level.grid(), List.of("DAPI", "GFP"), level.type());
    assertThat(sent.columns(image)).extracting(FeatureColumn::name).containsExactly("a");
    PythonFeatures arrived = SerializationTest.travelled(sent);
    assertThatThrownBy(() -> arrived.columns(image)).hasMessageContaining("/env/bin/python");
  }

  @Test
  void whatAFunctionDoesWrongIsSaid() throws IOException {
    image();
    PythonFeatures late =
        PythonFeatures.load(
            function("def f(patch, label): return {'a': 1, **({'b': 2} if label == 3 else {})}"),
            TestPython.settings());
    assertThat(measure(late, 1).explained()).contains("object 3").contains("'b'").contains("[a]");
    PythonFeatures list =
        PythonFeatures.load(function("def f(patch): return [1]"), TestPython.settings());
    assertThatThrownBy(() -> measure(list, 1)).hasMessageContaining("dict of numbers by name");
    assertThatThrownBy(() -> PythonFeatures.load("package.module:f", TestPython.settings()))
        .hasMessageContaining("FILE.py:FUNCTION");
  }

  private ImageOutcome segment(PythonFinder finder, int tiles) {
    ObjectChoice all = ObjectChoice.all(JobImage.NUCLEI, new TableChoice.Automatic());
    return segment(new InObjects(all, finder, Map.of(), OnError.FAIL), tiles);
  }

  private ImageOutcome segment(Search search, int tiles) {
    SegmentTask task =
        new SegmentTask(
            search,
            List.of("0"),
            "found",
            "found_ROI_table",
            WritableBackend.ANNDATA,
            Existing.REPLACE);
    ImageRef ref = new ImageRef(folder.resolve("image").toUri(), "");
    return SPARK.run(task, RunSettings.of("test"), tiles, ref).only();
  }

  @Test
  void aWholeImageIsLookedAtInTilesWithAHalo() throws IOException {
    Container container = image();
    PythonFinder stripes =
        PythonFinder.load(
            function(
                """
                import numpy as np

                def f(patch, mask, origin):
                    assert mask.all()
                    rows = (origin[-2] + np.arange(patch.shape[-2])) // 7
                    return np.broadcast_to(rows[:, None] % 2 * rows[:, None], patch.shape)
                """),
            TestPython.settings());
    for (int tiles : new int[] {1, 5}) {
      ImageOutcome ended = segment(new ByFinder(stripes, Map.of(), 2, Connectivity.FULL), tiles);
      assertThat(ended.state()).as(ended.explained()).isEqualTo(State.DONE);
      Patch found = container.label("found").read();
      int width = (int) found.shape().get(found.axes().rank() - 1);
      for (int pixel = 0; pixel < found.size(); pixel++) {
        int stripe = pixel / width / 7;
        assertThat(found.integer(pixel)).isEqualTo(stripe % 2 == 0 ? 0 : stripe / 2 + 1);
      }
    }
  }

  @Test
  void aLabelPatchBecomesObjects() throws IOException {
    Container container = image();
    PythonFinder halves =
        PythonFinder.load(
            function(
                """
                import numpy as np

                def f(patch, mask):
                    found = np.ones(patch.shape, "uint8")
                    found[..., patch.shape[-1] // 2 :] = 7
                    return found
                """),
            TestPython.settings());
    for (int tiles : new int[] {1, 5}) {
      ImageOutcome ended = segment(halves, tiles);
      assertThat(ended.state()).as(ended.explained()).isEqualTo(State.DONE);
      Patch found = container.label("found").read();
      Patch parents = container.label(JobImage.NUCLEI).read();
      for (int pixel = 0; pixel < found.size(); pixel++) {
        assertThat(found.integer(pixel) == 0).isEqualTo(parents.integer(pixel) == 0);
      }
      int objects = container.label(JobImage.NUCLEI).boxes().size();
      assertThat(container.label("found").boxes().size()).isBetween(objects + 1, 2 * objects);
    }
    PythonFinder wrong =
        PythonFinder.load(function("def f(patch): return patch[..., :1]"), TestPython.settings());
    assertThat(segment(new ByFinder(wrong, Map.of(), 2, Connectivity.FULL), 5).explained())
        .contains("failed in the box")
        .contains("must return an array of shape");
    assertThat(segment(wrong, 1).explained()).contains("must return an array of shape");
  }
}
