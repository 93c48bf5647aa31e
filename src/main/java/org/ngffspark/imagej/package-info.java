// SPDX-License-Identifier: Apache-2.0
/**
 * Macros of ImageJ as transforms, without windows and many side by side. {@link
 * org.ngffspark.imagej.ImageJTransform} is where to begin; no class of ImageJ is loaded before a
 * macro runs.
 */
package org.ngffspark.imagej;
