// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.roi;

import java.io.Serializable;

/**
 * An object whose region is not known: what needs the object fails, the others are done.
 *
 * @param label id of the object
 * @param reason what is wrong with its region, and where
 */
public record UnusableRegion(long label, String reason) implements Serializable {}
