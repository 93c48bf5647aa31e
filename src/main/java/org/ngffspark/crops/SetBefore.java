// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The set that lay where a run's set goes when the run was asked for it first. It is looked at
 * once, not for each image: it names all of them. Executors do not take it along.
 */
final class SetBefore implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient Map<String, String> inputs;

  /**
   * Fingerprints of what the crops of each image were made of, by the image.
   *
   * @param set looks for the set
   * @return empty if there is no set
   */
  synchronized Map<String, String> inputs(Supplier<Optional<CropSetRecord>> set) {
    if (inputs == null) {
      inputs = set.get().map(SetBefore::of).orElse(Map.of());
    }
    return inputs;
  }

  private static Map<String, String> of(CropSetRecord set) {
    Map<String, String> found = new HashMap<>();
    set.sources().forEach(source -> found.put(source.image(), source.input()));
    return found;
  }
}
