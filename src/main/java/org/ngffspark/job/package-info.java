// SPDX-License-Identifier: Apache-2.0
/**
 * The work of one task: reads a tile once, transforms its labels, stages each touched write unit
 * once. Knows no Spark; whatever schedules tasks stands above.
 */
package org.ngffspark.job;
