// SPDX-License-Identifier: Apache-2.0

/**
 * Pure arithmetic between world and pixels: regions of interest and the place of a mask on an
 * image's grid. All of it is IEEE double in a fixed order, so that results equal those of ngio.
 */
package org.ngffspark.roi;
