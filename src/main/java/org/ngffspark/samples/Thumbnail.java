// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.samples;

/**
 * A small picture of a whole image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param jpeg the file
 */
public record Thumbnail(int width, int height, byte[] jpeg) {}
