// SPDX-License-Identifier: Apache-2.0
/**
 * A run without its engine. A command brings an {@link org.ngffspark.job.ObjectTask}: what is done
 * with the objects or tiles of one image, and where the results go. {@link
 * org.ngffspark.job.ImagesAtWork} leads every image from its lock to its end. Knows no Spark;
 * whatever schedules tasks stands above.
 */
package org.ngffspark.job;
