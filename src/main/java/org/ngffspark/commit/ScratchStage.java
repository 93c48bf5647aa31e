// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * Stages that do not lie beside the container, as on a scratch disk. Each is a directory of its own
 * with a mark that says whose it is, so that nothing else is ever deleted there.
 */
final class ScratchStage {
  private static final String DIRECTORY = "ngff-spark-";
  private static final String MARK = "stage.json";

  private ScratchStage() {}

  /** The stage of an owner, which is not made yet. */
  static Stage of(URI place, String owner, boolean durable) {
    return new Stage(StoreLocations.open(place), DIRECTORY + owner, durable);
  }

  /** Makes the stage, so that it takes units. */
  static void open(Stage stage, String owner) {
    stage.store().write(stage.location(MARK), mark(owner));
  }

  private static ByteBuffer mark(String owner) {
    ObjectNode json = CommitJson.MAPPER.createObjectNode();
    json.put("owner", owner);
    SealedText text = new SealedText();
    text.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
    return text.seal();
  }

  /**
   * Removes what an owner that is gone has staged, if it is there and marked as its own.
   *
   * @return what people should know about it; empty if all is well
   */
  static String remove(URI place, String owner) {
    Stage stage = of(place, owner, false);
    Store store = stage.store();
    Optional<ByteBuffer> mark = store.read(stage.location(MARK));
    if (mark.equals(Optional.of(mark(owner)))) {
      stage.remove();
      return "";
    }
    String where = "; its stage, " + store.uri() + "/" + DIRECTORY + owner + ", ";
    return mark.isPresent() || !store.list(DIRECTORY + owner).isEmpty()
        ? where + "was not deleted: nothing there says that it is this run's"
        : where + "is not there";
  }
}
