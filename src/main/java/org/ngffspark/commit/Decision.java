// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ngffspark.zarr.store.FormatException;

/**
 * Whether a run that is gone had reached its commit point, as far as what it left tells. What
 * cannot be read proves nothing: a journal that is damaged means that the commit may have begun,
 * and then only the run's own list of its steps, which was written before the journal, and the
 * checksums in it can say more.
 */
sealed interface Decision {

  /**
   * The run had not reached it: nothing of the container was changed.
   *
   * @param steps what it was about to do, as far as it had written that down
   */
  record Undo(Optional<Journal> steps) implements Decision {}

  /**
   * The run had, or may have: its steps are known.
   *
   * @param journal the steps
   * @param doubt why it may only have, for people; empty if it had
   */
  record Finish(Journal journal, String doubt) implements Decision {}

  /**
   * It may have, and its steps are not known.
   *
   * @param problem a sentence for people
   */
  record Untold(String problem) implements Decision {}

  /**
   * Looks at what lies in the directory of a run, and changes nothing.
   *
   * @throws FormatException if a journal is whole, and is none that a run of this version writes
   */
  static Decision of(RunDirectory directory) {
    Optional<ByteBuffer> journal = directory.journal();
    Optional<Journal> copy =
        directory.steps().flatMap(bytes -> Journal.decode(bytes, directory.area()));
    if (journal.filter(Journal::isUndone).isPresent()) {
      return new Undo(copy);
    }
    Optional<Journal> steps = journal.flatMap(bytes -> Journal.decode(bytes, directory.area()));
    if (steps.isPresent()) {
      return new Finish(steps.get(), "");
    }
    if (journal.isEmpty()) {
      return copy.map(each -> withoutJournal(directory, each)).orElseGet(() -> new Undo(copy));
    }
    String damaged = "its journal, in " + directory.key() + ", cannot be read";
    return copy.<Decision>map(each -> new Finish(each, damaged))
        .orElseGet(() -> new Untold(damaged + "; " + UNTOLD));
  }

  /** What to do where nothing tells. */
  String UNTOLD =
      "the commit may have begun, and nothing tells which units are new. Nothing was changed:"
          + " compare the image with a backup, and delete that directory when it is as it should be";

  /** Without a journal nothing is moved; if something was, the journal got lost. */
  private static Decision withoutJournal(RunDirectory directory, Journal copy) {
    return new Placement(directory, copy.entries()).mayHaveBegun()
        ? new Finish(copy, "its journal, in " + directory.key() + ", is gone")
        : new Undo(Optional.of(copy));
  }
}
