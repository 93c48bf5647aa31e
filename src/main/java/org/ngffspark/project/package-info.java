// SPDX-License-Identifier: Apache-2.0
/**
 * New images in which an axis is reduced to one pixel: {@link org.ngffspark.project.ProjectTask} is
 * where to begin.
 */
package org.ngffspark.project;
