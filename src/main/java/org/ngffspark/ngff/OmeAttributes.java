// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The OME part of a group's attributes: all of them in 0.4, those under {@code ome} in 0.5.
 *
 * @param file the metadata file, for messages
 */
record OmeAttributes(NgffVersion version, String file, ObjectNode ome) {
  private static final String OME = "ome";
  private static final String VERSION = "version";

  /**
   * Finds the OME part.
   *
   * @return empty if there is none: an attribute {@code ome} missing in 0.5
   * @throws FormatException if it is no object or of another version
   */
  static Optional<OmeAttributes> find(NgffVersion version, StorePath group, ObjectNode attributes) {
    if (version == NgffVersion.V0_4) {
      return Optional.of(new OmeAttributes(version, group.child(".zattrs").toString(), attributes));
    }
    String file = group.child("zarr.json").toString();
    Optional<JsonView> ome = new JsonView(file, "attributes", attributes).find(OME);
    ome.ifPresent(
        view -> {
          view.require(VERSION);
          checkVersion(view, version);
        });
    return ome.map(view -> new OmeAttributes(version, file, (ObjectNode) view.node()));
  }

  /** Checks the field {@code version}, which may be missing. */
  static void checkVersion(JsonView view, NgffVersion expected) {
    view.find(VERSION)
        .filter(found -> !found.text().equals(expected.text()))
        .ifPresent(
            found -> {
              throw found.problem("must be '" + expected + "' in this Zarr format");
            });
  }

  /** The attributes of a new group that hold {@code ome}. */
  static ObjectNode wrap(NgffVersion version, ObjectNode ome) {
    if (version == NgffVersion.V0_4) {
      return ome.deepCopy();
    }
    ObjectNode attributes = ome.objectNode();
    attributes.putObject(OME).put(VERSION, version.text()).setAll(ome.deepCopy());
    return attributes;
  }

  OmeAttributes copy() {
    return new OmeAttributes(version, file, ome.deepCopy());
  }

  JsonView view() {
    return new JsonView(file, version == NgffVersion.V0_4 ? "" : "attributes." + OME, ome);
  }
}
