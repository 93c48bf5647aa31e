// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;

final class CommitAreaTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void resolveLinks() throws IOException {
    directory = temporary.toRealPath();
  }

  private void group(String path, String file) throws IOException {
    Files.createDirectories(directory.resolve(path));
    Files.writeString(directory.resolve(path).resolve(file), "{}");
  }

  private static StorePath open(Path container) {
    return StorePath.root(LocalStore.at(container));
  }

  private Path place(CommitArea area) {
    return Path.of(area.store().uri()).resolve(area.key());
  }

  @Test
  void liesBesideAnImageThatIsInNoOtherGroup() throws IOException {
    group("my image #1.zarr", ".zattrs");
    CommitArea area = CommitArea.of(open(directory.resolve("my image #1.zarr")));
    assertThat(place(area)).isEqualTo(directory.resolve("my image #1.zarr.ngff-spark"));
    assertThat(area.path().store().status(area.path().key(".zattrs"))).isPresent();
  }

  @Test
  void liesBesideThePlateOfAnImage() throws IOException {
    group("plate 1.zarr", ".zgroup");
    group("plate 1.zarr/B/03", ".zgroup");
    group("plate 1.zarr/B/03/0", ".zgroup");
    Path expected = directory.resolve("plate 1.zarr.ngff-spark/B/03/0");
    Path plate = directory.resolve("plate 1.zarr");
    assertThat(place(CommitArea.of(open(plate.resolve("B/03/0"))))).isEqualTo(expected);
    assertThat(place(CommitArea.of(new StorePath(LocalStore.at(plate), "B/03/0"))))
        .isEqualTo(expected);
    assertThat(place(CommitArea.of(new StorePath(LocalStore.at(directory), "plate 1.zarr/B/03/0"))))
        .isEqualTo(expected);
    assertThat(place(CommitArea.of(new StorePath(LocalStore.at(plate.resolve("B")), "03/0"))))
        .isEqualTo(expected);
  }

  @Test
  void rowsWithoutMetadataMayLieBetween() throws IOException {
    group("plate.zarr", "zarr.json");
    group("plate.zarr/B/03/0", "zarr.json");
    assertThat(place(CommitArea.of(open(directory.resolve("plate.zarr/B/03/0")))))
        .isEqualTo(directory.resolve("plate.zarr.ngff-spark/B/03/0"));
  }

  @Test
  void isTheSameBeforeAndAfterTheContainerExists() throws IOException {
    group("plate.zarr", "zarr.json");
    Path image = directory.resolve("plate.zarr/B/03/0_new");
    CommitArea before = CommitArea.of(open(image));
    group("plate.zarr/B/03/0_new", "zarr.json");
    assertThat(place(CommitArea.of(open(image)))).isEqualTo(place(before));
  }

  @Test
  void isTheSameByWhateverLinkTheContainerIsReached() throws IOException {
    group("real.zarr/B/03/0", ".zattrs");
    group("real.zarr", ".zattrs");
    Path link =
        Files.createSymbolicLink(directory.resolve("link.zarr"), directory.resolve("real.zarr"));
    Path deep =
        Files.createSymbolicLink(directory.resolve("deep"), directory.resolve("real.zarr/B/03"));
    Path expected = directory.resolve("real.zarr.ngff-spark/B/03/0");
    assertThat(place(CommitArea.of(open(link.resolve("B/03/0"))))).isEqualTo(expected);
    assertThat(place(CommitArea.of(open(deep.resolve("0"))))).isEqualTo(expected);
    assertThat(place(CommitArea.of(new StorePath(LocalStore.at(link), "B/03/0"))))
        .isEqualTo(expected);
  }

  @Test
  void theRootOfAStoreThatHasNoParentHasNoArea() {
    assertThatThrownBy(() -> CommitArea.of(StorePath.root(new MemoryStore())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no directory beside it");
  }

  @Test
  void tellsWhichContainersHaveSomethingInTheirAreas() {
    MemoryStore store = new MemoryStore();
    for (String key :
        List.of("@run/r.1/x", "B/03/0/@run/r.2/x", "C/1/@ended-undone-r.3/x", "D/@@run/@run/r/x")) {
      CommitScenario.put(store, "p.zarr.ngff-spark/" + key, "");
    }
    CommitArea plate = CommitArea.of(new StorePath(store, "p.zarr"));
    assertThat(plate.containersWithin()).containsExactlyInAnyOrder("", "B/03/0", "C/1", "D/@run");
    assertThat(plate.current()).map(RunDirectory::owner).contains("r.1");
  }

  /** Names that the area uses, or once did, and such as look like them. */
  private static Stream<String> ownNames() {
    return Stream.of(
        "@run",
        "@@run",
        "@ended-undone-r.1",
        "@",
        "@@",
        "run",
        "stage",
        "lock",
        "journal.json",
        "steps.json",
        "units",
        "gone",
        "owner-r.1.json",
        "takeover-r",
        "stage.json");
  }

  @ParameterizedTest
  @MethodSource("ownNames")
  void anImageMayBeCalledAsSomethingInTheArea(String name) {
    for (String path : List.of(name + "/03/0", "B/" + name + "/0", "B/03/" + name)) {
      MemoryStore store = new MemoryStore();
      CommitScenario.put(store, "p.zarr/.zgroup", "{}");
      CommitScenario.put(store, "p.zarr/" + path + "/.zgroup", "{}");
      CommitScenario.put(store, "p.zarr/" + path + "/0/0", "old");
      StorePath image = new StorePath(store, "p.zarr/" + path);
      List<StorePath> outer = new ArrayList<>();
      for (String each = image.path(); each.contains("/"); ) {
        each = each.substring(0, each.lastIndexOf('/'));
        outer.add(new StorePath(store, each));
      }
      ImageTransaction transaction =
          ImageTransaction.begin(image, CommitScenario.deadRun("r"), CommitOptions.standard());
      transaction.stage().put("0/0", CommitScenario.bytes("new"));
      Map<String, String> held = CommitScenario.content(store);
      for (StorePath each : outer) {
        assertThat(CommitScenario.recovery().recover(each).outcome())
            .as(each.path())
            .isEqualTo(RecoveryReport.Outcome.NOTHING);
        ImageTransaction.begin(each, CommitScenario.liveRun(), CommitOptions.standard()).close();
      }
      assertThat(CommitScenario.content(store)).isEqualTo(held);
      assertThat(CommitScenario.recovery().recoverAll(outer.get(outer.size() - 1)))
          .extracting(RecoveryReport::container, RecoveryReport::outcome)
          .containsExactly(tuple(image.toString(), RecoveryReport.Outcome.UNDONE));
    }
  }

  @Test
  void nothingIsPutWhereRunsKeepTheirs() {
    MemoryStore store = new MemoryStore();
    for (String path : List.of("p.zarr.ngff-spark", "p.zarr.ngff-spark/B/03/0")) {
      assertThatThrownBy(() -> CommitArea.of(new StorePath(store, path)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("p.zarr.ngff-spark")
          .hasMessageContaining("choose another place");
    }
    assertThatThrownBy(() -> CommitArea.of(open(directory.resolve("p.zarr.ngff-spark/B/0"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
