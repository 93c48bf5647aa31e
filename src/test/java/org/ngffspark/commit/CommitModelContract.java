// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ngffspark.commit.CommitScenario.content;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;

/**
 * Breaks a commit, and the recovery after it, at each operation of the store in every way, and
 * looks whether the store holds exactly what it held before, or exactly what it holds after an
 * undisturbed run.
 */
interface CommitModelContract {

  /** An empty store, always a different one. */
  Store newStore();

  /** Another one that holds the same as one that was made here. */
  default Store copyOf(Store store) {
    Store copy = newStore();
    store.list("").forEach(key -> copy.write(key, store.read(key).orElseThrow()));
    return copy;
  }

  default CommitOptions options() {
    return CommitOptions.standard();
  }

  /** How operations fail while the process goes on. */
  List<StoreFault> failures();

  /** How the operation ends at which a process dies. */
  List<StoreFault> deaths();

  private Store plate() {
    Store store = newStore();
    CommitScenario.writePlate(store);
    return store;
  }

  /** A store as it is when something went on with it before. */
  private ObservedStore observed(Store start) {
    return ObservedStore.of(copyOf(start));
  }

  private Map<String, String> after(Store plate) {
    ObservedStore store = observed(plate);
    CommitScenario.change(store, CommitScenario.deadRun("undisturbed"), options());
    return content(store);
  }

  private int operationsOfCommit(Store plate) {
    ObservedStore store = observed(plate);
    CommitScenario.change(store, CommitScenario.deadRun("counted"), options());
    return store.log().operations().size();
  }

  /** One in so many of the states that a run may leave is recovered again and again. */
  int stride();

  @Test
  default void anUndisturbedRunChangesWhatItSaysAndLeavesNothing() {
    Store plate = plate();
    Map<String, String> expected = content(plate);
    String image = CommitScenario.IMAGE + "/";
    for (String unit : List.of("0/0/0/0", "0/0/1/1", "1/0/0/0")) {
      expected.put(image + unit, "new " + unit);
    }
    expected.remove(image + "0/0/0/1");
    expected.remove(image + "0/0/1/0");
    expected.put(image + ".zattrs", "{\n  \"multiscales\" : [ ],\n  \"changed\" : \"new\"\n}");
    expected.remove(CommitScenario.PLATE + "/.zmetadata");
    assertThat(after(plate)).isEqualTo(expected);
  }

  @Test
  default void aCommitThatFailsAnywhereLeavesTheImageAsItWasOrSaysThatItIsUnfinished() {
    Store plate = plate();
    Map<String, String> before = content(plate);
    Map<String, String> after = after(plate);
    int operations = operationsOfCommit(plate);
    for (StoreFault fault : failures()) {
      for (int k = 1; k <= operations; k++) {
        ObservedStore store = observed(plate);
        store.log().failAt(k, fault);
        Set<Outcome> allowed = EnumSet.of(Outcome.NOTHING, Outcome.UNDONE);
        boolean changed = false;
        try {
          CommitScenario.change(store, CommitScenario.liveRun(), options());
          changed = true;
          allowed = EnumSet.of(Outcome.NOTHING);
        } catch (UnfinishedCommitException e) {
          changed = true;
          allowed = EnumSet.of(Outcome.FINISHED, Outcome.NOTHING);
        } catch (StoreException e) {
          assertThat(e).hasMessageContaining("was told to fail");
        }
        String step = step(store, k, fault);
        store.log().clear();
        RecoveryReport report = CommitScenario.recovery().recover(CommitScenario.image(store));
        assertThat(report.outcome()).as("%s: %s", step, report).isIn(allowed);
        assertThat(content(store)).as(step).isEqualTo(changed ? after : before);
        assertNothingLeft(store, step);
      }
    }
  }

  private static String step(ObservedStore store, int k, StoreFault fault) {
    return "operation %d %s: %s".formatted(k, fault, store.log().operations().get(k - 1));
  }

  @Test
  default void aCommitThatDiesAnywhereIsUndoneOrFinishedAndTheReportSaysWhich() {
    Store plate = plate();
    Map<String, String> before = content(plate);
    Map<String, String> after = after(plate);
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    int operations = operationsOfCommit(plate);
    for (StoreFault fault : deaths()) {
      for (int k = 1; k <= operations; k++) {
        ObservedStore store = observed(plate);
        String step = crash(store, k, fault);
        boolean whole = content(store).equals(after);
        RecoveryReport foreseen = CommitScenario.recovery().inspect(CommitScenario.image(store));
        RecoveryReport report = CommitScenario.recovery().recover(CommitScenario.image(store));
        assertThat(report.outcome()).as(step).isEqualTo(foreseen.outcome());
        seen.add(report.outcome());
        if (report.outcome() != Outcome.NOTHING) {
          boolean finished = report.outcome() == Outcome.FINISHED;
          assertThat(content(store)).as(step).isEqualTo(finished ? after : before);
        } else {
          assertThat(content(store)).as(step).isEqualTo(whole ? after : before);
        }
        assertNothingLeft(store, step);
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Outcome.NOTHING, Outcome.UNDONE, Outcome.FINISHED);
  }

  @Test
  default void aRecoveryThatBreaksAnywhereCanBeRepeated() {
    Store plate = plate();
    List<Map<String, String>> ends = List.of(content(plate), after(plate));
    List<Wreck> wrecks = wrecks(plate);
    IntStream.range(0, wrecks.size())
        .filter(each -> each % stride() == 0)
        .parallel()
        .forEach(each -> assertRecoveriesRepeat(wrecks.get(each), ends));
  }

  /** What a run has left that died. */
  record Wreck(Store store, String step) {}

  /** One for each different state that a commit leaves which dies somewhere. */
  private List<Wreck> wrecks(Store plate) {
    Map<Map<String, String>, Wreck> wrecks = new LinkedHashMap<>();
    int operations = operationsOfCommit(plate);
    for (int k = 1; k <= operations; k++) {
      Store store = copyOf(plate);
      String step = crash(ObservedStore.of(store), k, StoreFault.ANSWER_LOST);
      Map<String, String> state = new LinkedHashMap<>();
      content(store).forEach((key, value) -> state.put(withoutNames(key), withoutNames(value)));
      wrecks.putIfAbsent(state, new Wreck(store, step));
    }
    return List.copyOf(wrecks.values());
  }

  /** Without what is different in each run: names of owners and writers, checksums over them. */
  private static String withoutNames(String text) {
    return text.replaceAll("[0-9a-f]{8,16}", "#");
  }

  private void assertRecoveriesRepeat(Wreck wreck, List<Map<String, String>> ends) {
    ObservedStore whole = observed(wreck.store());
    CommitScenario.recovery().recover(CommitScenario.image(whole));
    List<StoreOperation> operations = whole.log().operations();
    Map<String, String> expected = content(whole);
    assertThat(expected).isIn(ends);
    for (int j = 1; j <= operations.size(); j++) {
      boolean changes = operations.get(j - 1).kind().changes();
      // Of a look that fails no half is done, and what its answer was makes no difference.
      for (StoreFault fault : changes ? failures() : failures().subList(0, 1)) {
        assertRepeats(wreck, j, fault, false, expected, ends);
      }
      for (StoreFault fault : changes ? deaths() : List.<StoreFault>of()) {
        assertRepeats(wreck, j, fault, true, expected, ends);
      }
    }
  }

  private void assertRepeats(
      Wreck wreck,
      int j,
      StoreFault fault,
      boolean dies,
      Map<String, String> expected,
      List<Map<String, String>> ends) {
    ObservedStore store = observed(wreck.store());
    RunInfo self = dies ? CommitScenario.deadRun("recovery") : CommitScenario.liveRun();
    if (dies) {
      store.log().crashAt(j, fault);
    } else {
      store.log().failAt(j, fault);
    }
    String step = "%s, recovery broken at %d %s, dies %s".formatted(wreck.step(), j, fault, dies);
    try {
      new Recovery(self, Set.of()).recover(CommitScenario.image(store));
    } catch (StoreException e) {
      assertThat(e.getMessage()).as(step).containsAnyOf("was told to fail", "is gone");
    }
    store.log().clear();
    RecoveryReport second = CommitScenario.recovery().recover(CommitScenario.image(store));
    assertThat(second.outcome()).as("%s: %s", step, second).isIn(wordsFor(expected, ends));
    assertThat(content(store)).as(step).isEqualTo(expected);
    assertNothingLeft(store, step);
  }

  /** What a recovery may say when it leaves this: nothing if the one before was through. */
  private static Set<Outcome> wordsFor(
      Map<String, String> content, List<Map<String, String>> ends) {
    boolean undone = content.equals(ends.get(0));
    return EnumSet.of(Outcome.NOTHING, undone ? Outcome.UNDONE : Outcome.FINISHED);
  }

  private String crash(ObservedStore store, int k, StoreFault fault) {
    store.log().crashAt(k, fault);
    try {
      CommitScenario.change(store, CommitScenario.deadRun("r"), options());
    } catch (StoreException | UnfinishedCommitException e) {
      assertThat(e.getMessage()).containsAnyOf("was told to fail", "is gone");
    }
    String step = "commit died at " + step(store, k, fault);
    store.log().clear();
    return step;
  }

  private static void assertNothingLeft(ObservedStore store, String step) {
    assertThat(store.list("")).as(step).noneMatch(key -> key.contains(AreaPlace.SUFFIX));
    assertThat(CommitScenario.recovery().recover(CommitScenario.image(store)).outcome())
        .as(step)
        .isEqualTo(Outcome.NOTHING);
  }
}
