// SPDX-License-Identifier: Apache-2.0
/**
 * What was done to an image before, as the image itself tells it, and whether a job that is asked
 * for is still to be done. {@link org.ngffspark.history.JobDecision} is where to begin.
 */
package org.ngffspark.history;
