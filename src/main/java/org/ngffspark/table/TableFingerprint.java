// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.Group;

/**
 * The state of the label image that a table is made of, in the table's attributes.
 *
 * @param table by name; it must be listed
 */
public record TableFingerprint(Tables tables, String table) {
  /** Stands for a state of a label image that is none of its states from now on. */
  private static final String OLDER = "older";

  /** Empty if it is not known. */
  public Optional<String> find() {
    return tables.attributes(table).fingerprint();
  }

  /** Says that the label image has changed since the table was made of it. */
  public void setOlder() {
    set(OLDER);
  }

  /** Says of which state the table is. Its content stays. */
  public void set(String state) {
    ObjectNode attributes = tables.attributes(table).node().deepCopy();
    Group group = Group.open(tables.path(table)).orElseThrow();
    group.writeAttributes(attributes.put(TableAttributes.LABEL_FINGERPRINT, state));
  }
}
