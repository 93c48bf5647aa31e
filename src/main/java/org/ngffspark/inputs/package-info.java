// SPDX-License-Identifier: Apache-2.0
/**
 * From what users name to images: plates, wells and images by path or URI. {@link
 * org.ngffspark.inputs.InputResolver} is where to begin.
 */
package org.ngffspark.inputs;
