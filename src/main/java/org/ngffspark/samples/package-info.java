// SPDX-License-Identifier: Apache-2.0
/**
 * What a run shows of its objects: a bounded sample of them, with their values and small pictures,
 * taken from pixels that tasks hold anyway. Begin to read at {@link
 * org.ngffspark.samples.ObjectSampler}.
 */
package org.ngffspark.samples;
