// SPDX-License-Identifier: Apache-2.0
/**
 * Copies of images in another version of OME-NGFF or in N5, in other chunks, shards and codecs:
 * {@link org.ngffspark.convert.ConvertTask} is where to begin.
 */
package org.ngffspark.convert;
