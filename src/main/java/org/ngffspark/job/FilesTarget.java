// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/**
 * Files that tasks write, each as a whole.
 *
 * @param location where people find them
 * @param ending what is left to do when all files of an image are there
 */
public record FilesTarget<V>(String location, Ending<V> ending) implements ImageTarget<V> {

  /** Ends an image on the driver. */
  @FunctionalInterface
  public interface Ending<V> {
    /**
     * Does what is left to do; what it throws fails the image.
     *
     * @param all what the tasks have returned
     */
    void end(OpenedImage image, TaskResult<V> all);
  }
}
