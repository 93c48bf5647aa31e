// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/** A plate with two images, and a run that changes everything a run can change in one of them. */
final class CommitScenario {
  static final String PLATE = "data/plate.zarr";
  static final String IMAGE = PLATE + "/B/03/0";

  private CommitScenario() {}

  static StorePath image(Store store) {
    return new StorePath(store, IMAGE);
  }

  static void writePlate(Store store) {
    put(store, PLATE + "/.zgroup", "{\"zarr_format\":2}");
    put(store, PLATE + "/.zattrs", "{\"plate\":{}}");
    put(store, PLATE + "/.zmetadata", "{\"metadata\":{\"B/03/0/.zattrs\":{}}}");
    for (String image : List.of(IMAGE, PLATE + "/B/03/1")) {
      put(store, image + "/.zgroup", "{\"zarr_format\":2}");
      put(store, image + "/.zattrs", "{\"multiscales\":[]}");
      put(store, image + "/0/.zarray", "{}");
      put(store, image + "/1/.zarray", "{}");
      for (String unit : List.of("0/0/0/0", "0/0/0/1", "0/0/1/0", "1/0/0/0")) {
        put(store, image + "/" + unit, "old " + unit);
      }
    }
  }

  /** Replaces two units, makes one, deletes two, and writes metadata. */
  static void change(Store store, RunInfo run, CommitOptions options) {
    change(
        store,
        run,
        options,
        "new",
        List.of("0/0/0/0", "0/0/1/1", "1/0/0/0"),
        List.of("0/0/0/1", "0/0/1/0"));
  }

  /** Another run, which writes what the first one deletes and the other way round. */
  static void changeAgain(Store store, RunInfo run) {
    change(
        store,
        run,
        CommitOptions.standard(),
        "newer",
        List.of("0/0/0/1", "0/0/1/0", "1/0/0/0"),
        List.of("0/0/1/1"));
  }

  private static void change(
      Store store,
      RunInfo run,
      CommitOptions options,
      String word,
      List<String> written,
      List<String> deleted) {
    try (ImageTransaction transaction = ImageTransaction.begin(image(store), run, options)) {
      List<InputState> inputs = new ArrayList<>();
      List<StagedUnit> units = new ArrayList<>();
      Stage stage = transaction.stage();
      for (String unit : written) {
        inputs.add(InputState.of(image(store), unit));
        stage.put(unit, bytes("an attempt that was lost: " + unit));
        units.add(stage.put(unit, bytes(word + " " + unit)));
      }
      deleted.forEach(unit -> units.add(stage.delete(unit)));
      MetadataDraft draft = new MetadataDraft();
      draft.copy(image(store), "");
      ObjectNode attributes = json(draft.root().store().read(".zattrs").orElseThrow());
      put(draft.root().store(), ".zattrs", attributes.put("changed", word).toString());
      transaction.commit(units, draft.edits(), CommitInputs.of(image(store)).withValues(inputs));
    }
  }

  private static ObjectNode json(ByteBuffer bytes) {
    return org.ngffspark.zarr.Json.parseObject(bytes, "test");
  }

  static RunInfo deadRun(String id) {
    ProcessMark dead = new ProcessMark(ProcessMark.current().space(), Integer.MAX_VALUE, "1");
    return new RunInfo(id, dead, Instant.parse("2026-01-02T03:04:05Z"), "transform x", Map.of());
  }

  /** Of which it cannot be told whether it lives. */
  static RunInfo elsewhere(String id) {
    ProcessSpace space =
        new ProcessSpace("node17", "another", "another", "another", "another", Set.of());
    ProcessMark other = new ProcessMark(space, 12, "1");
    return new RunInfo(id, other, Instant.parse("2026-01-02T03:04:05Z"), "transform x", Map.of());
  }

  static RunInfo liveRun() {
    return RunInfo.current("transform x", Map.of("input", "plate.zarr"));
  }

  static Recovery recovery(String... declaredDead) {
    return new Recovery(RunInfo.current("recover x", Map.of()), Set.of(declaredDead));
  }

  /** All keys of a store with their values. */
  static Map<String, String> content(Store store) {
    Map<String, String> content = new TreeMap<>();
    for (String key : store.list("")) {
      content.put(key, text(store.read(key).orElseThrow()));
    }
    return content;
  }

  /** The same without what lies beside the plate. */
  static Map<String, String> plate(Store store) {
    Map<String, String> content = content(store);
    content.keySet().removeIf(key -> key.contains(AreaPlace.SUFFIX));
    return content;
  }

  static void put(Store store, String key, String value) {
    store.write(key, bytes(value));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
