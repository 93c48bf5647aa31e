// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.Optional;

/**
 * One acquisition of a plate.
 *
 * @param id unique in the plate, from 0 on
 */
public record Acquisition(int id, Optional<String> name) {

  /** As people may name it: its name or its id. */
  boolean isCalled(String text) {
    return text.equals(Integer.toString(id)) || name.filter(text::equals).isPresent();
  }
}
