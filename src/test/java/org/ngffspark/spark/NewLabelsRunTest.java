// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.Container;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageOutcome.State;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.NothingBegunException;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformSequence;
import org.ngffspark.transform.TransformStep;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;

/** A transform that splits objects, on images in one task and in many. */
class NewLabelsRunTest {
  private static final String NUCLEI = JobImage.NUCLEI;
  @RegisterExtension static final TestSpark spark = TestSpark.on("local[2,3]");

  @TempDir Path folder;

  /**
   * Cuts each object into three bands along x, of which the first keeps the id. Fails with several
   * objects at once, but not before it has asked for ids.
   */
  record Bands(TransformTarget target) implements MaskedTransform {
    @Override
    public boolean makesLabels() {
      return true;
    }

    @Override
    public int objectsAtOnce() {
      return 5;
    }

    @Override
    public void applyAll(List<MaskedPatch> objects, List<Patch> results) {
      if (objects.size() > 1) {
        objects.forEach(MaskedPatch::newLabel);
        throw new IllegalStateException("one after the other");
      }
      apply(objects.get(0), results.get(0));
    }

    @Override
    public void apply(MaskedPatch object, Patch result) {
      int width = (int) result.shape().get(result.shape().rank() - 1);
      long[] ids = {object.label(), object.newLabel(), object.newLabel()};
      for (int i = 0; i < result.size(); i++) {
        if (object.mask().at(i)) {
          result.setInteger(i, ids[3 * (i % width) / width]);
        }
      }
    }
  }

  private static final MaskedTransform BANDS = new Bands(TransformTarget.LABELS);

  private ImageOutcome run(TransformSpec spec, int tiles, Path image) {
    return spark
        .run(spec, new Destination.InPlace(), Repeat.REFUSE, tiles, new ImageRef(image.toUri(), ""))
        .only();
  }

  private static long[] ids(Path image) {
    Patch pixels = Container.open(image.toString()).label(NUCLEI).read();
    long[] ids = new long[pixels.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = pixels.integer(i);
    }
    return ids;
  }

  @Test
  void idsAreUniqueAndTheSameForAnyTilesAndChoice() {
    Path original = folder.resolve("original.zarr");
    JobImage.plane().label(LabelImage.dense(NUCLEI, 12)).write(original);
    long[] before = ids(original);
    long largest = Arrays.stream(before).max().orElseThrow();
    TransformSpec all = SpecBuilder.on(NUCLEI).transform(BANDS).onLabel(NUCLEI).build();
    long[] whole = new long[0];
    for (int tiles : new int[] {1, 1000}) {
      Path image = Folders.copy(original, folder.resolve(tiles + ".zarr"));
      ImageOutcome outcome = run(all, tiles, image);
      assertThat(outcome.state()).as(outcome.message()).isEqualTo(State.DONE);
      long[] after = ids(image);
      Set<Long> made = new TreeSet<>();
      for (int i = 0; i < after.length; i++) {
        long difference = after[i] - before[i];
        assertThat(difference).isIn(0L, largest, 2 * largest);
        if (difference > 0) {
          made.add(after[i]);
        }
      }
      assertThat(made).hasSize(2 * 12);
      assertThat(whole.length == 0 || Arrays.equals(whole, after)).isTrue();
      whole = after;
    }
    Path some = Folders.copy(original, folder.resolve("some.zarr"));
    run(SpecBuilder.on(NUCLEI).transform(BANDS).onLabel(NUCLEI).ids("2,7").build(), 1, some);
    long[] after = ids(some);
    for (int i = 0; i < after.length; i++) {
      boolean taken = before[i] == 2 || before[i] == 7;
      assertThat(after[i]).isEqualTo(taken ? whole[i] : before[i]);
    }
  }

  @Test
  void pixelsOfAnImageAreNoIds() {
    Path image = folder.resolve("image.zarr");
    JobImage.plane().label(LabelImage.dense(NUCLEI, 5)).write(image);
    Map<String, Integer> before = Folders.digest(image);
    MaskedTransform both = new Bands(TransformTarget.BOTH);
    TransformSpec spec = SpecBuilder.on(NUCLEI).transform(both).build();
    assertThatThrownBy(() -> run(spec, 1, image))
        .isInstanceOf(NothingBegunException.class)
        .hasMessageContaining("makes new label ids")
        .hasMessageContaining("--on-label");
    assertThat(Folders.digest(image)).isEqualTo(before);
  }

  /** Splits objects as {@link Bands}, while somebody else writes an object far away. */
  record Disturbed(MaskedTransform bands, String image, long id) implements MaskedTransform {
    @Override
    public TransformTarget target() {
      return bands.target();
    }

    @Override
    public boolean makesLabels() {
      return true;
    }

    @Override
    public void apply(MaskedPatch object, Patch result) {
      ZarrArray array = Container.open(image).label(NUCLEI).array();
      long[] stop = array.shape().toArray();
      long[] start = Arrays.stream(stop).map(length -> length - 1).toArray();
      NdArray pixel = NdArray.zeros(array.type(), Box.of(start, stop).shape());
      pixel.fill(id);
      array.write(Box.of(start, stop), pixel);
      bands.apply(object, result);
    }
  }

  @Test
  void anIdThatSomebodyElseGaveMeanwhileIsAnError() {
    Path image = folder.resolve("disturbed.zarr");
    JobImage.plane().label(LabelImage.dense(NUCLEI, 12)).write(image);
    long[] before = ids(image);
    long id = 1 + Arrays.stream(before).max().orElseThrow();
    MaskedTransform disturbed = new Disturbed(BANDS, image.toString(), id);
    TransformSpec first =
        SpecBuilder.on(NUCLEI).transform(disturbed).onLabel(NUCLEI).ids("1").build();
    ImageOutcome outcome = run(first, 1, image);
    assertThat(outcome.state()).isEqualTo(State.FAILED);
    assertThat(outcome.message()).contains("labels/nuclei/0/").contains("was").contains("and is");
    long[] after = ids(image);
    assertThat(after[after.length - 1]).isEqualTo(id);
    after[after.length - 1] = before[before.length - 1];
    assertThat(after).isEqualTo(before);
  }

  @Test
  void oneStepAloneMakesNewIds() {
    TransformStep step = new TransformStep("bands", Map.of(), BANDS);
    assertThatThrownBy(() -> TransformSequence.of(List.of(step, step)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("One step alone");
  }
}
