// SPDX-License-Identifier: Apache-2.0
/**
 * Takes images, label images and tables away again. {@link org.ngffspark.remove.RemoveTask} is
 * where to begin.
 */
package org.ngffspark.remove;
