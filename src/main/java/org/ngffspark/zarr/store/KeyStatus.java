// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.time.Instant;

/**
 * @param length bytes of the value
 * @param modified when it was last written, as precise as the store knows it
 */
public record KeyStatus(long length, Instant modified) implements Serializable {}
