// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Names of what a command says besides what decides about pixels. Usual values are left out. */
public final class Besides {
  /** File names of the jars that hold code of users. */
  public static final String JARS = "jars";

  /** What a new image got of the labels and tables of its source. */
  public static final String COMPANIONS = "companions";

  /** What became of the tables of a label image that was changed. */
  public static final String TABLES_OF_LABEL = "tables_of_label";

  private Besides() {}

  /** Code of users alone. */
  public static ObjectNode jars(Collection<String> names) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!names.isEmpty()) {
      names.forEach(json.putArray(JARS)::add);
    }
    return json;
  }
}
