// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.util.Optional;
import org.ngffspark.zarr.nd.GridPosition;

/**
 * How the grid position of a chunk or shard becomes its key below the array's path (Zarr v3, "Chunk
 * key encoding"; N5, "File-system specification").
 *
 * @param style {@code c/0/1} or {@code 0/1}, or {@code 1/0}, with the last axis first
 * @param separator {@code /} or {@code .}
 */
public record ChunkKeys(Style style, String separator) {
  /** The encodings of Zarr v3, of which v2 arrays use {@link #V2}, and that of N5. */
  public enum Style {
    DEFAULT,
    V2,
    N5
  }

  public ChunkKeys {
    if (!separator.equals("/") && !separator.equals(".")) {
      throw new IllegalArgumentException(
          "Separator of chunk keys must be '/' or '.', got '" + separator + "'");
    }
  }

  /** What new arrays of a format have; separated by {@code /}. */
  static ChunkKeys defaults(ZarrFormat format) {
    return switch (format) {
      case V2 -> new ChunkKeys(Style.V2, "/");
      case V3 -> new ChunkKeys(Style.DEFAULT, "/");
      case N5 -> new ChunkKeys(Style.N5, "/");
    };
  }

  /** The key relative to the array. */
  public String key(GridPosition position) {
    String joined = (style == Style.N5 ? reversed(position) : position).join(separator);
    if (style != Style.DEFAULT) {
      return position.rank() == 0 ? "0" : joined;
    }
    return position.rank() == 0 ? "c" : "c" + separator + joined;
  }

  /** The position that a key relative to the array stands for; empty if it is not a chunk's key. */
  Optional<GridPosition> position(String key, int rank) {
    String numbers = key;
    if (style == Style.DEFAULT && rank > 0) {
      if (!key.startsWith("c" + separator)) {
        return Optional.empty();
      }
      numbers = key.substring(2);
    }
    GridPosition position = rank == 0 ? GridPosition.of() : parse(numbers, rank);
    return key.equals(key(position)) ? Optional.of(position) : Optional.empty();
  }

  /** Zeros where a part is no number: such a position has another key. */
  private GridPosition parse(String numbers, int rank) {
    String[] parts = numbers.split(separator.equals(".") ? "\\." : "/", -1);
    long[] index = new long[rank];
    for (int axis = 0; axis < Math.min(rank, parts.length); axis++) {
      if (parts[axis].matches("[0-9]{1,18}")) {
        index[axis] = Long.parseLong(parts[axis]);
      }
    }
    GridPosition position = GridPosition.of(index);
    return style == Style.N5 ? reversed(position) : position;
  }

  private static GridPosition reversed(GridPosition position) {
    long[] index = position.toArray();
    long[] reversed = new long[index.length];
    for (int axis = 0; axis < index.length; axis++) {
      reversed[axis] = index[index.length - 1 - axis];
    }
    return GridPosition.of(reversed);
  }
}
