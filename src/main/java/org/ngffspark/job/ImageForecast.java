// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * What a run would do with one image.
 *
 * @param plan how it is cut into tasks
 * @param work objects, reads and writes that will be counted; bytes written are those of the units
 *     as they are now, pixels are not known before
 * @param crossing labels whose boxes lie in several tiles
 * @param shuffleBytes at most so many bytes of fragments are shuffled, before compression
 * @param tasks tasks that Spark will run for it
 */
public record ImageForecast(
    ImagePlan plan, WorkCount work, long crossing, long shuffleBytes, long tasks)
    implements Serializable {}
