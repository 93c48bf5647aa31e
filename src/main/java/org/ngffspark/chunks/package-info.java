// SPDX-License-Identifier: Apache-2.0
/**
 * What a task holds of arrays: each write unit is read and each chunk decoded once ({@link
 * org.ngffspark.chunks.TaskChunks}), changed in memory ({@link org.ngffspark.chunks.LevelWriter})
 * and staged once ({@link org.ngffspark.chunks.UnitStage}).
 */
package org.ngffspark.chunks;
