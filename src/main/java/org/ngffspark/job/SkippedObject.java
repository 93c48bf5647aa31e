// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * An object that kept its pixels.
 *
 * @param label its id
 * @param reason why
 */
public record SkippedObject(long label, String reason) implements Serializable {}
