// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/**
 * How a run ended.
 *
 * @param done images that were transformed
 * @param doneBefore images that an earlier run of the same job had transformed
 * @param failed images that are as they were
 * @param work what was done
 */
public record RunResult(long done, long doneBefore, long failed, WorkCount work) {}
