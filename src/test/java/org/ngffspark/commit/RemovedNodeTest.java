// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.commit.CommitScenario.content;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.store.BucketStore;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StorePath;

/** What is removed goes as a whole or not at all, and what lists it too. */
class RemovedNodeTest {
  private static final StorePath WELL =
      new StorePath(new MemoryStore(), CommitScenario.PLATE + "/B/03");

  @TempDir private Path folder;

  /**
   * What is removed on which kind of store.
   *
   * @param node below the image; {@code ""} for the image
   */
  record Case(boolean isBucket, String node) {
    ObservedStore plate() {
      return ObservedStore.of(written(isBucket ? new BucketStore() : new MemoryStore()));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(false, true)
        .flatMap(bucket -> Stream.of("", "labels/nuclei").map(node -> new Case(bucket, node)));
  }

  private static Store written(Store store) {
    CommitScenario.writePlate(store);
    List<WellImage> images =
        Stream.of("0", "1").map(name -> new WellImage(name, OptionalInt.empty())).toList();
    Well.create(new StorePath(store, WELL.path()), NgffVersion.V0_4, images);
    String labels = CommitScenario.IMAGE + "/labels";
    CommitScenario.put(store, labels + "/.zgroup", "{\"zarr_format\":2}");
    CommitScenario.put(store, labels + "/.zattrs", "{\"labels\":[\"nuclei\",\"cells\"]}");
    for (String label : List.of("nuclei", "cells")) {
      CommitScenario.put(store, labels + "/" + label + "/.zgroup", "{\"zarr_format\":2}");
      CommitScenario.put(store, labels + "/" + label + "/0/.zarray", "{}");
      CommitScenario.put(store, labels + "/" + label + "/0/0.0", "ids");
    }
    return store;
  }

  private static Leftovers remove(Store store, RunInfo run, String node) {
    StorePath image = CommitScenario.image(store);
    CommitOptions options = CommitOptions.standard();
    try (ImageTransaction transaction = ImageTransaction.begin(image, run, options)) {
      MetadataDraft draft = new MetadataDraft();
      if (!node.isEmpty()) {
        draft.copy(image, "labels");
        CommitScenario.put(draft.root().store(), "labels/.zattrs", "{\"labels\":[\"cells\"]}");
      }
      return transaction.commit(List.of(), draft.edits(), List.of(node), CommitInputs.of(image));
    }
  }

  /** The files of the plate, and what lists them. */
  private static Map<String, String> expected(Case each) {
    Map<String, String> expected = content(each.plate());
    String gone = CommitScenario.IMAGE + (each.node().isEmpty() ? "" : "/" + each.node()) + "/";
    expected.keySet().removeIf(key -> key.startsWith(gone));
    expected.remove(CommitScenario.PLATE + "/.zmetadata");
    return expected;
  }

  private static List<String> listed(Store store) {
    return Well.open(new StorePath(store, WELL.path())).images().stream()
        .map(WellImage::path)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesWithAllThatLiesInItAndNothingElse(Case each) {
    ObservedStore store = each.plate();
    remove(store, CommitScenario.liveRun(), each.node()).delete();
    assertThat(content(store).keySet()).isEqualTo(expected(each).keySet());
    if (each.node().isEmpty()) {
      assertThat(listed(store)).containsExactly("1");
    } else {
      assertThat(content(store).get(CommitScenario.IMAGE + "/labels/.zattrs"))
          .contains("cells")
          .doesNotContain("nuclei");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRunThatDiesAtAnyOperationIsUndoneOrFinished(Case each) {
    Map<String, String> before = content(each.plate());
    ObservedStore undisturbed = each.plate();
    remove(undisturbed, CommitScenario.deadRun("r"), each.node()).delete();
    int operations = undisturbed.log().operations().size();
    Map<String, String> after = content(undisturbed);
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int k = 1; k <= operations; k++) {
      ObservedStore store = each.plate();
      store.log().crashAt(k, StoreFault.ANSWER_LOST);
      try {
        remove(store, CommitScenario.deadRun("r"), each.node()).delete();
      } catch (StoreException | UnfinishedCommitException died) {
        assertThat(died.getMessage()).containsAnyOf("was told to fail", "is gone");
      }
      String step = "died at " + k + " " + store.log().operations().get(k - 1);
      store.log().clear();
      Recovery recovery = CommitScenario.recovery();
      recovery
          .recoverAll(new StorePath(store, CommitScenario.PLATE))
          .forEach(report -> seen.add(report.outcome()));
      assertThat(content(store)).as(step).isIn(before, after);
    }
    assertThat(seen).contains(Outcome.UNDONE, Outcome.FINISHED).doesNotContain(Outcome.FAILED);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anOperationThatFailsLeavesAllOrTheRestToARecovery(Case each) {
    Map<String, String> before = content(each.plate());
    ObservedStore undisturbed = each.plate();
    remove(undisturbed, CommitScenario.liveRun(), each.node()).delete();
    int operations = undisturbed.log().operations().size();
    Map<String, String> after = content(undisturbed);
    for (int k = 1; k <= operations; k++) {
      ObservedStore store = each.plate();
      store.log().failAt(k, StoreFault.REFUSED);
      boolean removed;
      try {
        remove(store, CommitScenario.liveRun(), each.node()).delete();
        removed = true;
      } catch (UnfinishedCommitException unfinished) {
        removed = true;
      } catch (StoreException undone) {
        removed = false;
      }
      String step = "failed at " + k + " " + store.log().operations().get(k - 1);
      store.log().clear();
      CommitScenario.recovery().recoverAll(new StorePath(store, CommitScenario.PLATE));
      assertThat(content(store)).as(step).isEqualTo(removed ? after : before);
    }
  }

  @Test
  void whatIsLeftIsDeletedInPartsByWhoeverGetsThem() {
    Store store = written(LocalStore.at(folder.resolve("store")));
    Leftovers left = remove(store, CommitScenario.liveRun(), "");
    assertThat(listed(store)).containsExactly("1");
    assertThat(store.list(CommitScenario.IMAGE)).isEmpty();
    List<Leftovers.Part> parts = left.parts(4);
    assertThat(parts).hasSizeBetween(2, 4);
    parts.forEach(Leftovers.Part::delete);
    Set<String> beside =
        store.list("").stream().filter(key -> key.contains("gone")).collect(Collectors.toSet());
    assertThat(beside).isEmpty();
    left.delete();
    assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
  }

  @Test
  void whatIsLeftOfARunThatDiedIsDeletedByARecovery() {
    Store store = written(LocalStore.at(folder.resolve("store")));
    remove(store, CommitScenario.deadRun("r"), "labels/nuclei");
    RecoveryReport report = CommitScenario.recovery().recover(CommitScenario.image(store));
    assertThat(report.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(store.list("")).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
  }
}
