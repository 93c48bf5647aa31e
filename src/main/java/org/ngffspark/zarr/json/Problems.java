// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ngffspark.zarr.store.FormatException;

/** Collects what is wrong with members of a whole that can do without them. */
public final class Problems {
  private final List<MetadataProblem> found = new ArrayList<>();

  /** Notes what is wrong with a field: "{@code axes[0].name is 5; …}". */
  public void add(JsonView view, String problem) {
    found.add(MetadataProblem.of(view, problem));
  }

  /**
   * What a parser makes of a member; empty, and noted, if it refuses it.
   *
   * @param consequence what comes of it
   */
  public <T> Optional<T> member(JsonView view, Function<JsonView, T> parser, String consequence) {
    return attempt(() -> parser.apply(view), consequence);
  }

  /**
   * What can be read; empty, and noted, if it is refused.
   *
   * @param consequence what comes of it
   */
  public <T> Optional<T> attempt(Supplier<T> read, String consequence) {
    try {
      return Optional.of(read.get());
    } catch (FormatException refused) {
      found.add(new MetadataProblem(refused.location(), refused.problem() + "; " + consequence));
      return Optional.empty();
    }
  }

  public void addAll(List<MetadataProblem> others) {
    found.addAll(others);
  }

  /** What was found so far. */
  public List<MetadataProblem> list() {
    return List.copyOf(found);
  }
}
