// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.commit.CommitScenario.content;
import static org.ngffspark.commit.CommitScenario.plate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreFault;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

/** A run dies in its commit, and then what it left is damaged. */
final class DamagedJournalTest {
  private static final String JOURNAL = "journal.json";
  private static final String STEPS = "steps.json";

  private final ObservedStore store = ObservedStore.of(new MemoryStore());
  private final StorePath image = CommitScenario.image(store);

  private static Stream<UnaryOperator<byte[]>> damages() {
    return Stream.of(
        bytes -> new byte[0],
        bytes -> Arrays.copyOf(bytes, 100),
        bytes -> Arrays.copyOf(bytes, bytes.length - 1),
        bytes -> new byte[bytes.length],
        bytes -> flipped(bytes, 0),
        bytes -> flipped(bytes, bytes.length / 2),
        bytes -> flipped(bytes, bytes.length - 5));
  }

  private static byte[] flipped(byte[] bytes, int place) {
    byte[] copy = bytes.clone();
    copy[place] ^= 4;
    return copy;
  }

  private Map<String, String> after() {
    MemoryStore other = new MemoryStore();
    CommitScenario.writePlate(other);
    CommitScenario.change(other, CommitScenario.deadRun("r"), CommitOptions.standard());
    return content(other);
  }

  /** Dies when so many values were moved. */
  private void dieAfter(int moves) {
    CommitScenario.writePlate(store);
    ObservedStore counting = ObservedStore.of(new MemoryStore());
    CommitScenario.writePlate(counting);
    counting.log().clear();
    CommitScenario.change(counting, CommitScenario.deadRun("r"), CommitOptions.standard());
    List<StoreOperation> operations = counting.log().operations();
    int journal = 0;
    int seen = -1;
    for (int k = 0; k < operations.size() && seen < moves; k++) {
      StoreOperation.Kind kind = operations.get(k).kind();
      boolean step =
          kind == StoreOperation.Kind.WRITE_IF_ABSENT_INTO
              || kind == StoreOperation.Kind.MOVE
              || kind == StoreOperation.Kind.MOVE_INTO;
      seen += step ? 1 : 0;
      journal = k + 1;
    }
    store.log().clear();
    store.log().crashAt(journal, StoreFault.ANSWER_LOST);
    assertThatThrownBy(
            () ->
                CommitScenario.change(store, CommitScenario.deadRun("r"), CommitOptions.standard()))
        .isInstanceOf(UnfinishedCommitException.class);
    store.log().clear();
  }

  private String key(String name) {
    return CommitArea.of(image).current().orElseThrow().key(name);
  }

  private void damage(String name, UnaryOperator<byte[]> how) {
    ByteBuffer value = store.read(key(name)).orElseThrow();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    store.write(key(name), ByteBuffer.wrap(how.apply(bytes)));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void aDamagedJournalDoesNotUndoWhatHasBegun(UnaryOperator<byte[]> how) {
    for (int moves = 0; moves <= 6; moves++) {
      dieAfter(moves);
      damage(JOURNAL, how);
      assertThat(CommitScenario.recovery().inspect(image).outcome()).isEqualTo(Outcome.FINISHED);
      RecoveryReport report = CommitScenario.recovery().recover(image);
      assertThat(report.outcome())
          .as("after %d moves: %s", moves, report)
          .isEqualTo(Outcome.FINISHED);
      assertThat(report.detail()).contains("cannot be read", "are whole");
      assertThat(content(store)).isEqualTo(after());
    }
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whereNothingTellsNothingIsTouched(UnaryOperator<byte[]> how) {
    dieAfter(3);
    damage(JOURNAL, how);
    damage(STEPS, how);
    Map<String, String> left = content(store);
    assertThat(CommitScenario.recovery().inspect(image).outcome()).isEqualTo(Outcome.FAILED);
    for (int i = 0; i < 2; i++) {
      RecoveryReport report = CommitScenario.recovery().recoverAll(image).get(0);
      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(report.isOpen()).isTrue();
      assertThat(report.detail())
          .contains(
              "run r (host", "may have begun", "Nothing was changed", CommitArea.of(image).owned());
      assertThat(content(store)).isEqualTo(left);
    }
  }

  @Test
  void aCopyAloneIsEnoughWhereTheJournalIsGone() {
    for (int moves = 0; moves <= 6; moves++) {
      dieAfter(moves);
      Map<String, String> before = plate(store);
      store.delete(key(JOURNAL));
      RecoveryReport report = CommitScenario.recovery().recover(image);
      assertThat(report.outcome()).isEqualTo(moves == 0 ? Outcome.UNDONE : Outcome.FINISHED);
      assertThat(content(store)).isEqualTo(moves == 0 ? before : after());
    }
  }

  @Test
  void aDamagedCopyIsNoMatterBesideTheJournalOrWithoutAny() {
    dieAfter(3);
    damage(STEPS, bytes -> new byte[0]);
    assertThat(CommitScenario.recovery().recover(image).outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(content(store)).isEqualTo(after());
  }

  @Test
  void damageOfJournalAndOfAUnitIsToldApart() {
    dieAfter(2);
    damage(JOURNAL, bytes -> new byte[0]);
    String unit =
        store.list(CommitArea.of(image).key()).stream()
            .filter(key -> key.contains("/units/"))
            .filter(key -> CommitScenario.text(store.read(key).orElseThrow()).equals("new 1/0/0/0"))
            .findFirst()
            .orElseThrow();
    store.write(unit, CommitScenario.bytes("new 1/0/0/1"));
    Map<String, String> before = plate(store);
    assertThatThrownBy(() -> CommitScenario.recovery().recover(image))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("1/0/0/0");
    assertThat(plate(store)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void ofADamagedOwnerItCannotBeToldWhetherItLives(UnaryOperator<byte[]> how) {
    dieAfter(3);
    String owner = CommitArea.of(image).current().orElseThrow().owner();
    damage("owner-" + owner + ".json", how);
    RecoveryReport report = CommitScenario.recovery().recover(image);
    assertThat(report.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(report.detail()).contains("run r,", "cannot be told");
    assertThatThrownBy(
            () -> ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard()))
        .isInstanceOf(LockedException.class)
        .hasMessageContaining("--dead-run r");
    assertThat(CommitScenario.recovery("r").recover(image).outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(content(store)).isEqualTo(after());
  }

  @Test
  void keysOutsideTheImageAreRefusedWhateverTheChecksumSays() {
    Map<String, String> planted = new LinkedHashMap<>();
    planted.put("../1/0/0/0/0", "units/x");
    planted.put("../../../../victim", "units/x");
    planted.put("/etc/passwd", "units/x");
    planted.put("0/../../1/.zattrs", "units/x");
    planted.put("", "units/x");
    planted.put("0/0/0/0", "../../../../../victim");
    planted.put("0/0/0/1", "units/../../../x");
    planted.put("0/0/1/0", "elsewhere/x");
    planted.forEach(this::assertRefused);
  }

  private void assertRefused(String target, String staged) {
    for (String name : List.of(JOURNAL, STEPS)) {
      MemoryStore other = new MemoryStore();
      StorePath container = CommitScenario.image(other);
      CommitScenario.writePlate(other);
      CommitScenario.put(other, "victim", "precious");
      ImageTransaction.begin(container, CommitScenario.deadRun("r"), CommitOptions.standard())
          .stage()
          .put("x", CommitScenario.bytes("planted"));
      RunDirectory directory = CommitArea.of(container).current().orElseThrow();
      Journal journal =
          new Journal(
              CommitScenario.deadRun("r"),
              "x",
              false,
              false,
              List.of(new JournalEntry(target, staged, 7, 1, ""), JournalEntry.deletion(target)));
      other.write(directory.key(name), journal.encode());
      Map<String, String> left = content(other);
      assertThatThrownBy(() -> CommitScenario.recovery().recover(container))
          .as("%s <- %s", target, staged)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("it names '");
      assertThat(content(other)).isEqualTo(left);
      assertThat(CommitScenario.recovery().recoverAll(container).get(0).outcome())
          .isEqualTo(Outcome.FAILED);
    }
  }
}
