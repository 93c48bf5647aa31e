// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.OptionalInt;

/**
 * An image as its well lists it.
 *
 * @param path name of the image's group in the well
 * @param acquisition id of an acquisition of the plate
 */
public record WellImage(String path, OptionalInt acquisition) {}
