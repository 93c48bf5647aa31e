// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.io.Serializable;

/**
 * A well that a plate lists and that could not be read.
 *
 * @param well path of the well in the plate, as in {@code B/03}
 * @param reason what is wrong with it, and where
 */
public record UnreadableWell(String well, String reason) implements Serializable {}
