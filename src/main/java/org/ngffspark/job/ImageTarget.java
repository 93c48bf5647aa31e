// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/**
 * Where the results for one image of a run go: files that tasks have written themselves, or a
 * container that is changed as a whole.
 */
public sealed interface ImageTarget<V> permits FilesTarget, ContainerTarget {
  /** Where people find the result. */
  String location();
}
