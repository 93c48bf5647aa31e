// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.commit.CommitScenario.bytes;
import static org.ngffspark.commit.CommitScenario.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreOperation;
import org.ngffspark.zarr.store.StorePath;

final class ImageTransactionTest {
  @TempDir Path directory;
  private ObservedStore store;
  private StorePath image;
  private Map<String, String> before;

  @BeforeEach
  void writePlate() throws IOException {
    store = ObservedStore.of(LocalStore.at(directory.toRealPath()));
    image = CommitScenario.image(store);
    CommitScenario.writePlate(store);
    before = content(store);
  }

  private ImageTransaction begin() {
    return ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard());
  }

  private CommitInputs none() {
    return CommitInputs.of(image);
  }

  private static Stage copy(Stage stage) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(stage);
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    return (Stage) new ObjectInputStream(in).readObject();
  }

  @Test
  void closingWithoutACommitLeavesNothing() {
    try (ImageTransaction transaction = begin()) {
      transaction.stage().put("0/0/0/0", bytes("new"));
      assertThat(store.list("")).anyMatch(key -> key.contains(AreaPlace.SUFFIX));
    }
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void nothingOfTheContainerIsTouchedBeforeTheCommit() {
    try (ImageTransaction transaction = begin()) {
      transaction.stage().put("0/0/0/0", bytes("new"));
      assertThat(content(store)).containsAllEntriesOf(before);
    }
  }

  @Test
  void aSecondRunStopsAtOnceAndNamesTheFirst() {
    try (ImageTransaction transaction = begin()) {
      Map<String, String> held = content(store);
      assertThatThrownBy(this::begin)
          .isInstanceOf(LockedException.class)
          .hasMessageContaining(ProcessMark.current().space().host())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("started 20")
          .hasMessageContaining("transform x")
          .hasMessageContaining("still at work");
      assertThat(content(store)).isEqualTo(held);
      assertThat(transaction.stage().put("0/0/0/0", bytes("new")).length()).isEqualTo(3);
    }
  }

  @Test
  void aStoreWithoutDirectoriesIsRefusedBeforeAnythingIsWritten() {
    Store flat =
        new ForwardingStore(store) {
          private static final long serialVersionUID = 1L;

          @Override
          public Optional<StoreDirectories> directories() {
            return Optional.empty();
          }
        };
    StorePath there = CommitScenario.image(flat);
    assertThatThrownBy(
            () -> ImageTransaction.begin(there, CommitScenario.liveRun(), CommitOptions.standard()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(there.toString())
        .hasMessageContaining("read only");
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void imagesOfOnePlateDoNotLockEachOther() {
    StorePath other = new StorePath(store, CommitScenario.PLATE + "/B/03/1");
    try (ImageTransaction first = begin();
        ImageTransaction second =
            ImageTransaction.begin(other, CommitScenario.liveRun(), CommitOptions.standard())) {
      StagedUnit one = first.stage().put("0/0/0/0", bytes("one"));
      StagedUnit two = second.stage().put("0/0/0/0", bytes("two"));
      second.commit(List.of(two), List.of(), none());
      first.commit(List.of(one), List.of(), none());
    }
    assertThat(content(store))
        .containsEntry(image.key("0/0/0/0"), "one")
        .containsEntry(other.key("0/0/0/0"), "two")
        .hasSameSizeAs(before);
  }

  @Test
  void attemptsOfOneTaskDoNotMeet() throws Exception {
    try (ImageTransaction transaction = begin()) {
      Stage first = copy(transaction.stage());
      Stage second = copy(transaction.stage());
      StagedUnit lost = first.put("0/0/0/0", bytes("lost"));
      StagedUnit taken = second.put("0/0/0/0", bytes("taken"));
      first.put("0/0/0/0", bytes("lost again"));
      assertThat(lost.name()).isNotEqualTo(taken.name());
      transaction.commit(List.of(taken), List.of(), none());
    }
    before.put(image.key("0/0/0/0"), "taken");
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void anAttemptThatComesTooLateLeavesNothing() throws Exception {
    Stage late;
    try (ImageTransaction transaction = begin()) {
      late = copy(transaction.stage());
    }
    assertThatThrownBy(() -> late.put("0/0/0/0", bytes("late")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the run has ended");
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void anInputThatChangedFailsTheImageAndNothingIsTouched() {
    InputState unit = InputState.of(image, "0/0/0/1");
    CommitScenario.put(store, image.key("0/0/0/1"), "somebody's");
    before = content(store);
    assertThatThrownBy(() -> commitWith(unit))
        .isInstanceOf(InputChangedException.class)
        .hasMessageContaining("0/0/0/1 was")
        .hasMessageContaining("and is 10 bytes");
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void anInputThatCameOrWentFailsTheImage() {
    InputState missing = InputState.of(image, "0/0/9/9");
    InputState there = InputState.of(image, "0/0/0/0");
    CommitScenario.put(store, image.key("0/0/9/9"), "came");
    assertThatThrownBy(() -> commitWith(missing))
        .isInstanceOf(InputChangedException.class)
        .hasMessageContaining("was missing");
    store.delete(image.key("0/0/0/0"));
    assertThatThrownBy(() -> commitWith(there))
        .isInstanceOf(InputChangedException.class)
        .hasMessageContaining("is missing");
  }

  private void commitWith(InputState input) {
    try (ImageTransaction transaction = begin()) {
      StagedUnit unit = transaction.stage().put("0/0/0/0", bytes("new"));
      transaction.commit(List.of(unit), List.of(), none().withValues(List.of(input)));
    }
  }

  @Test
  void oneKeyTwiceIsRefused() {
    try (ImageTransaction transaction = begin()) {
      StagedUnit once = transaction.stage().put("0/0/0/0", bytes("a"));
      StagedUnit twice = transaction.stage().delete("0/0/0/0");
      assertThatThrownBy(() -> transaction.commit(List.of(once, twice), List.of(), none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0/0/0/0");
    }
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void keysThatLeaveTheContainerAreRefused() {
    for (String key : List.of("../1/0/0/0/0", "/etc/passwd", "0/../../1/.zattrs", "")) {
      try (ImageTransaction transaction = begin()) {
        StagedUnit unit = transaction.stage().put(key, bytes("a"));
        assertThatThrownBy(() -> transaction.commit(List.of(unit), List.of(), none()))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(content(store)).isEqualTo(before);
  }

  @Test
  void aNewContainerAppearsWithItsMetadataLast() {
    StorePath target = new StorePath(store, CommitScenario.PLATE + "/B/03/0_new");
    store.log().clear();
    try (ImageTransaction transaction =
        ImageTransaction.begin(target, CommitScenario.liveRun(), CommitOptions.standard())) {
      Stage stage = transaction.stage();
      ObjectNode json = CommitJson.MAPPER.createObjectNode();
      List<StagedUnit> units =
          List.of(stage.put("0/0/0/0", bytes("x")), stage.put("0/.zarray", bytes("{}")));
      List<MetadataEdit> metadata =
          List.of(
              new MetadataEdit.Create(".zgroup", json), new MetadataEdit.Create(".zattrs", json));
      transaction.commit(units, metadata, none());
    }
    assertThat(store.log().keys(StoreOperation.Kind.MOVE))
        .containsExactly(
            target.key("0/0/0/0"),
            target.key("0/.zarray"),
            target.key(".zgroup"),
            target.key(".zattrs"));
    assertThat(store.list(target.path())).hasSize(4);
  }

  @Test
  void consolidatedMetadataIsRemovedFromEveryGroupAbove() {
    Store v3 = new MemoryStore();
    String consolidated = "{\"node_type\":\"group\",\"consolidated_metadata\":{\"a\":1},\"x\":1}";
    for (String group : List.of("p.zarr", "p.zarr/B/03", "p.zarr/B/03/0")) {
      CommitScenario.put(v3, group + "/zarr.json", consolidated);
    }
    CommitScenario.put(v3, "p.zarr/C/01/zarr.json", consolidated);
    StorePath container = new StorePath(v3, "p.zarr/B/03/0");
    try (ImageTransaction transaction =
        ImageTransaction.begin(container, CommitScenario.liveRun(), CommitOptions.standard())) {
      ObjectNode json = Json.read(container.child("zarr.json")).orElseThrow();
      MetadataEdit edit =
          new MetadataEdit.Change("zarr.json", json.deepCopy(), json.deepCopy().put("x", 2));
      transaction.commit(List.of(), List.of(edit), CommitInputs.of(container));
    }
    assertThat(content(v3).values()).filteredOn(text -> text.contains("consolidated")).hasSize(1);
    assertThat(v3.read("p.zarr/B/03/0/zarr.json").map(CommitScenario::text).orElseThrow())
        .contains("\"x\" : 2");
    assertThat(v3.read("p.zarr/B/03/zarr.json").map(CommitScenario::text).orElseThrow())
        .contains("\"x\" : 1");
    assertThat(v3.list("")).hasSize(4);
  }

  @Test
  void theOperationsOfACommitAreThoseItNeeds() {
    store.log().clear();
    try (ImageTransaction transaction = begin()) {
      Stage stage = transaction.stage();
      List<StagedUnit> units =
          List.of(stage.put("0/0/0/0", bytes("x")), stage.put("0/0/0/1", bytes("y")));
      transaction.commit(units, List.of(), none());
    }
    assertThat(store.log().operations())
        .filteredOn(each -> each.kind() != StoreOperation.Kind.STATUS)
        .map(each -> each.kind().toString())
        .containsExactly(
            "CHECK",
            "CHECK",
            "CHECK",
            "CLAIM",
            "CHECK",
            "LIST",
            "WRITE_INTO",
            "WRITE_INTO",
            "WRITE_INTO",
            "CHECK",
            "WRITE_INTO",
            "RENAME",
            "WRITE_IF_ABSENT_INTO",
            "MOVE",
            "MOVE",
            "RENAME",
            "RENAME",
            "DELETE_TREE");
  }

  /** Both units, the list of the steps, the guard, the journal, the moves, and the end. */
  @Test
  void aDurableCommitForcesUnitsBeforeTheJournalAndAllThatWasMovedBeforeItEnds() {
    store.log().clear();
    CommitOptions durable = CommitOptions.standard().forcedToDisk();
    try (ImageTransaction transaction =
        ImageTransaction.begin(image, CommitScenario.liveRun(), durable)) {
      Stage stage = transaction.stage();
      List<StagedUnit> units =
          List.of(stage.put("0/0/0/0", bytes("x")), stage.put("0/0/0/1", bytes("y")));
      transaction.commit(units, List.of(), none());
    }
    assertThat(store.log().operations())
        .map(each -> each.kind().toString())
        .filteredOn(kind -> kind.matches("FORCE|WRITE.*|MOVE|RENAME"))
        .containsExactly(
            "WRITE_INTO",
            "FORCE",
            "WRITE_INTO",
            "FORCE",
            "WRITE_INTO",
            "FORCE",
            "WRITE_INTO",
            "RENAME",
            "WRITE_IF_ABSENT_INTO",
            "FORCE",
            "MOVE",
            "MOVE",
            "FORCE",
            "RENAME",
            "RENAME");
  }
}
