// SPDX-License-Identifier: Apache-2.0

/**
 * Brings pixels of one grid onto another: linear for images, nearest neighbour for label ids, as
 * {@code scipy.ndimage.zoom} in grid mode. Start reading at {@link
 * org.ngffspark.resample.Downsampling}.
 */
package org.ngffspark.resample;
