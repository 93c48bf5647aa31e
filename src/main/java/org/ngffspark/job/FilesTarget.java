// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/**
 * Files that tasks write, each as a whole.
 *
 * @param location where people find them
 */
public record FilesTarget<V>(String location) implements ImageTarget<V> {}
