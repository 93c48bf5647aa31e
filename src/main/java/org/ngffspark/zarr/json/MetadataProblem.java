// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.json;

import java.io.Serializable;

/**
 * Something in metadata that is not as it should be, and that only those parts fail for that need
 * it.
 *
 * @param file the metadata file
 * @param text what is wrong, with the field and its value, and what comes of it
 */
public record MetadataProblem(String file, String text) implements Serializable {

  /** About a field: "{@code axes[0].name is 'Z'; …}". */
  public static MetadataProblem of(JsonView view, String problem) {
    return new MetadataProblem(view.file(), view.field() + " " + problem);
  }

  @Override
  public String toString() {
    return file + ": " + text;
  }
}
