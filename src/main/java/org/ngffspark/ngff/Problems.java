// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.FormatException;

/** Collects what is wrong with members of a whole that can do without them. */
final class Problems {
  private final List<MetadataProblem> found = new ArrayList<>();

  void add(JsonView view, String problem) {
    found.add(MetadataProblem.of(view, problem));
  }

  /**
   * What a parser makes of a member; empty, and noted, if it refuses it.
   *
   * @param consequence what comes of it
   */
  <T> Optional<T> member(JsonView view, Function<JsonView, T> parser, String consequence) {
    try {
      return Optional.of(parser.apply(view));
    } catch (FormatException refused) {
      found.add(new MetadataProblem(view.file(), refused.problem() + "; " + consequence));
      return Optional.empty();
    }
  }

  List<MetadataProblem> list() {
    return List.copyOf(found);
  }
}
