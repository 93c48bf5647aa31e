// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Parts of arrays that zarr-python wrote: every codec, layout, type and fill value. */
final class GoldenArrayBoxesTest {
  private static final long SEED = 20;

  /**
   * An array and what it must hold.
   *
   * @param exact whether its codecs give back whatever they get
   */
  private record Case(String name, NdArray expected, boolean exact) {
    Path folder() {
      return Golden.path("arrays/" + name);
    }
  }

  private final List<Case> cases = cases();

  private static List<Case> cases() {
    Map<String, NdArray> contents = new HashMap<>();
    List<Case> cases = new ArrayList<>();
    for (JsonNode entry : Golden.json("arrays/index.json")) {
      String file = "arrays/" + entry.get("expected").asText();
      NdArray expected = contents.computeIfAbsent(file, name -> NpyFile.read(Golden.path(name)));
      boolean exact = !entry.has("rewritten") && !entry.has("refused");
      cases.add(new Case(entry.get("array").asText(), expected, exact));
    }
    return cases;
  }

  @Test
  void anyBoxIsThatPartOfTheWhole() {
    assertThat(cases).hasSizeGreaterThan(150);
    SplittableRandom random = new SplittableRandom(SEED);
    for (Case each : cases) {
      ZarrArray array = open(each.folder());
      for (int i = 0; i < 8 && array.shape().elements() > 0; i++) {
        Box box = GoldenDownsamplingTest.randomBox(random, array.shape());
        String what = each.name + " " + box + " of seed " + SEED;
        Golden.assertSame(what, array.read(box), each.expected.cut(box));
      }
    }
  }

  @Test
  void writingABoxChangesThatBoxAndNothingElse(@TempDir Path temporary) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (Case each : cases) {
      if (each.expected.shape().elements() == 0 || !each.exact) {
        continue;
      }
      Path folder = temporary.resolve(each.name);
      Folders.copy(each.folder(), folder);
      NdArray expected = each.expected.copy();
      for (int i = 0; i < 3; i++) {
        Box box = GoldenDownsamplingTest.randomBox(random, expected.shape());
        NdArray patch = inverted(expected.cut(box));
        open(folder).write(box, patch);
        expected.paste(patch, Box.whole(box.shape()), box);
        String what = each.name + " after " + box + " of seed " + SEED;
        Golden.assertSame(what, open(folder).read(Box.whole(expected.shape())), expected);
      }
    }
  }

  @Test
  void arraysWithoutWrittenChunksHoldTheFillValue() {
    StorePath root = StorePath.root(new MemoryStore());
    for (Case each : cases) {
      if (each.name.contains("fill-everywhere")) {
        ZarrArray array = ZarrArray.create(root.child(each.name), open(each.folder()).metadata());
        array.write(Box.whole(array.shape()), each.expected);
        assertThat(array.existingUnits()).as(each.name).isEmpty();
      }
    }
  }

  static ZarrArray open(Path folder) {
    return ZarrArray.open(StorePath.root(LocalStore.at(folder)));
  }

  /** Other elements than the given ones, each of them: all bits inverted. */
  static NdArray inverted(NdArray elements) {
    NdArray result = elements.copy();
    int mask = elements.type() == DataType.BOOL ? 1 : 0xff;
    for (int i = 0; i < result.bytes().length; i++) {
      result.bytes()[i] ^= (byte) mask;
    }
    return result;
  }
}
