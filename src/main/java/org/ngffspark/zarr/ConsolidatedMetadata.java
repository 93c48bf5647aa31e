// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ngffspark.zarr.store.StorePath;

/**
 * Copies of metadata that groups keep of what lies below them: the file {@code .zmetadata} in Zarr
 * v2, a field of {@code zarr.json} in Zarr v3. They are never read. After a change they would be
 * stale, so they are removed; not rewritten, for that means reading the metadata of a whole plate
 * to change one attribute, and readers do without them.
 */
public final class ConsolidatedMetadata {
  /** Name of the file in Zarr v2. */
  public static final String FILE = ".zmetadata";

  private static final String FIELD = "consolidated_metadata";

  private ConsolidatedMetadata() {}

  /** Whether the content of a {@code zarr.json} holds copies. */
  public static boolean isIn(ObjectNode content) {
    return content.has(FIELD);
  }

  /** The content of a {@code zarr.json} without the copies. */
  public static ObjectNode without(ObjectNode content) {
    ObjectNode rest = content.deepCopy();
    rest.remove(FIELD);
    return rest;
  }

  /** Removes the copies that a group keeps. */
  static void removeFrom(StorePath group, ZarrFormat format) {
    if (format == ZarrFormat.V2) {
      group.store().delete(group.key(FILE));
      return;
    }
    StorePath file = group.child(ArrayJsonV3.FILE);
    synchronized (KeyLocks.of(file)) {
      Json.read(file)
          .filter(ConsolidatedMetadata::isIn)
          .ifPresent(content -> Json.write(file, without(content)));
    }
  }
}
