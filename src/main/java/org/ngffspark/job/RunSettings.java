// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import org.ngffspark.commit.CommitOptions;
import org.ngffspark.history.Repeat;
import org.ngffspark.samples.SampleSizes;

/**
 * How a run treats its images, whatever it does to them.
 *
 * @param command what was typed, for those who find the run's lock
 * @param commit how images are staged and committed
 * @param repeat what happens to images that the same job was committed to before
 * @param onFailure what an image that fails does to the others
 * @param sampling whether objects and images are sampled, for a page that shows them
 */
public record RunSettings(
    String command, CommitOptions commit, Repeat repeat, OnFailure onFailure, Sampling sampling) {

  /** What an image that fails does to the others. */
  public enum OnFailure {
    /** They are done all the same. */
    GO_ON,
    /** Those that are not committed yet are undone, and the run ends. */
    STOP
  }

  /** Whether a run takes samples. */
  public enum Sampling {
    NONE,
    /** As much as one page can show. */
    PAGE;

    /** What is taken of each of so many images. */
    public SampleSizes sizes(int images) {
      return this == PAGE ? SampleSizes.of(images) : SampleSizes.NONE;
    }
  }

  /** Staged beside the image, nothing done twice, one that fails fails alone. */
  public static RunSettings of(String command) {
    return new RunSettings(
        command, CommitOptions.standard(), Repeat.REFUSE, OnFailure.GO_ON, Sampling.NONE);
  }

  /** The same, staged and committed so. */
  public RunSettings withCommit(CommitOptions options) {
    return new RunSettings(command, options, repeat, onFailure, sampling);
  }

  /** The same, repeated so. */
  public RunSettings withRepeat(Repeat choice) {
    return new RunSettings(command, commit, choice, onFailure, sampling);
  }

  /** The same, with this for images that fail. */
  public RunSettings withOnFailure(OnFailure choice) {
    return new RunSettings(command, commit, repeat, choice, sampling);
  }

  /** The same, with samples so. */
  public RunSettings withSampling(Sampling choice) {
    return new RunSettings(command, commit, repeat, onFailure, choice);
  }
}
