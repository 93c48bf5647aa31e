// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.zarr.store.SideBySide;
import org.ngffspark.zarr.store.StorePath;

/**
 * What a run has read of a container. At the commit it must be as it was then.
 *
 * @param container what was read
 * @param values chunks and other values that were read, as they were just before
 * @param metadata content of the metadata files that were read, by key below the container; empty
 *     for one that was not there
 * @param states how some of the metadata files were when they were read
 */
public record CommitInputs(
    StorePath container,
    List<InputState> values,
    Map<String, Optional<ByteBuffer>> metadata,
    List<InputState> states) {

  public CommitInputs {
    values = List.copyOf(values);
    metadata = new TreeMap<>(metadata);
    states = List.copyOf(states);
  }

  /** Nothing yet. */
  public static CommitInputs of(StorePath container) {
    return new CommitInputs(container, List.of(), Map.of(), List.of());
  }

  /** The same with these values in place of its own. */
  public CommitInputs withValues(Collection<InputState> read) {
    return new CommitInputs(container, List.copyOf(read), metadata, states);
  }

  /** The same with these metadata files in place of its own. */
  public CommitInputs withMetadata(Map<String, Optional<ByteBuffer>> read) {
    return new CommitInputs(container, values, read, List.of());
  }

  /**
   * Looks whether all of it is as it was. Attributes that OME-NGFF does not know may have come,
   * gone or changed, and lists of labels and tables may have grown.
   *
   * @throws InputChangedException if something is not
   */
  void requireUnchanged() {
    List<InputState> all = new ArrayList<>(values);
    states.stream().filter(InputState::tellsContent).forEach(all::add);
    Set<InputState> changed = new HashSet<>(InputState.changed(container, all));
    InputState.requireUnchanged(container, values.stream().filter(changed::contains).toList());
    Map<String, Optional<ByteBuffer>> read = new TreeMap<>(metadata);
    all.stream().filter(each -> !changed.contains(each)).forEach(each -> read.remove(each.key()));
    new SideBySide(container.store().requestsAtOnce())
        .run(read.entrySet(), each -> requireUnchanged(each.getKey(), each.getValue()));
  }

  private void requireUnchanged(String key, Optional<ByteBuffer> before) {
    Optional<ByteBuffer> now = container.store().read(container.key(key));
    if (now.equals(before)) {
      return;
    }
    if (now.isEmpty() || before.isEmpty()) {
      throw new InputChangedException(
          container.toString(), key + " was " + shown(before) + " and is " + shown(now));
    }
    MetadataContent.of(key, before.get())
        .difference(MetadataContent.of(key, now.get()))
        .ifPresent(
            problem -> {
              throw new InputChangedException(container.toString(), problem);
            });
  }

  private static String shown(Optional<ByteBuffer> value) {
    return value.map(bytes -> bytes.remaining() + " bytes").orElse("missing");
  }
}
