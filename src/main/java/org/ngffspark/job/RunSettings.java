// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.commit.CommitOptions;
import org.ngffspark.history.Repeat;

/**
 * How a run treats its images, whatever it does to them.
 *
 * @param command what was typed, for those who find the run's lock
 * @param commit how images are staged and committed
 * @param repeat what happens to images that the same job was committed to before
 * @param onFailure what an image that fails does to the others
 */
public record RunSettings(
    String command, CommitOptions commit, Repeat repeat, OnFailure onFailure) {

  /** What an image that fails does to the others. */
  public enum OnFailure {
    /** They are done all the same. */
    GO_ON,
    /** Those that are not committed yet are undone, and the run ends. */
    STOP
  }

  /** Staged beside the image, nothing done twice, one that fails fails alone. */
  public static RunSettings of(String command) {
    return new RunSettings(command, CommitOptions.standard(), Repeat.REFUSE, OnFailure.GO_ON);
  }

  /** The same, staged and committed so. */
  public RunSettings withCommit(CommitOptions options) {
    return new RunSettings(command, options, repeat, onFailure);
  }

  /** The same, repeated so. */
  public RunSettings withRepeat(Repeat choice) {
    return new RunSettings(command, commit, choice, onFailure);
  }

  /** The same, with this for images that fail. */
  public RunSettings withOnFailure(OnFailure choice) {
    return new RunSettings(command, commit, repeat, choice);
  }
}
