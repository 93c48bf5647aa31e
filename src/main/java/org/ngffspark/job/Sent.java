// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the first task of a tile sends to other tiles and to its own.
 *
 * @param messages one for each tile that gets one, by its number
 * @param result what it has done
 */
public record Sent<M, V>(SortedMap<Integer, M> messages, TaskResult<V> result) {
  public Sent {
    messages = new TreeMap<>(messages);
  }
}
