// SPDX-License-Identifier: Apache-2.0
/**
 * Objects cut out of images, each a file of its own: {@link org.ngffspark.crops.CropTask} is what a
 * task does, the formats are beside it. {@link org.ngffspark.crops.PastedFiles} puts them back.
 */
package org.ngffspark.crops;
