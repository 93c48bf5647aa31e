// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.ConsolidatedMetadata;

/**
 * What a run does to one metadata file of a container. It is worked into what lies there at the
 * commit, not at the start of the run: fields that others have added since stay.
 */
public sealed interface MetadataEdit {

  /** Key of the file below the container. */
  String key();

  /** What the file holds if nobody else changes it. */
  ObjectNode after();

  /**
   * What the file is to hold.
   *
   * @param now what it holds at the commit; empty if there is no such file
   * @throws MetadataConflictException if others have changed what this edit changes
   */
  ObjectNode appliedTo(Optional<ObjectNode> now);

  /** A file that was not there when the run looked. */
  record Create(String key, ObjectNode after) implements MetadataEdit {
    @Override
    public ObjectNode appliedTo(Optional<ObjectNode> now) {
      if (now.isPresent() && !now.get().equals(after)) {
        throw new MetadataConflictException("", "was missing and is there now");
      }
      return after;
    }
  }

  /**
   * Some fields of a file that was there.
   *
   * @param before the file as the run read it
   */
  record Change(String key, ObjectNode before, ObjectNode after) implements MetadataEdit {
    public Change {
      before = ConsolidatedMetadata.without(before);
      after = ConsolidatedMetadata.without(after);
    }

    @Override
    public ObjectNode appliedTo(Optional<ObjectNode> now) {
      return MetadataMerge.of(
          before,
          after,
          now.orElseThrow(() -> new MetadataConflictException("", "is missing now")));
    }
  }

  /** A file that goes with all that is in it, because what it belongs to is replaced. */
  record Replace(String key, ObjectNode after) implements MetadataEdit {
    @Override
    public ObjectNode appliedTo(Optional<ObjectNode> now) {
      return after;
    }
  }
}
