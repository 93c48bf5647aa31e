// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ngffspark.commit.InputState;
import org.ngffspark.zarr.store.StorePath;

/** What a task has read of a container, as it was just before. Not safe for several threads. */
public final class ReadTrace {
  private final StorePath container;
  private final Map<String, InputState> states = new LinkedHashMap<>();

  public ReadTrace(StorePath container) {
    this.container = container;
  }

  /** To be called before the value of a store key is read. */
  void reads(String storeKey) {
    String key = storeKey.substring(container.key("").length());
    states.computeIfAbsent(key, name -> InputState.of(container, name));
  }

  List<InputState> states() {
    return List.copyOf(states.values());
  }
}
