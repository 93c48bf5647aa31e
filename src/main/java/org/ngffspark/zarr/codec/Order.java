// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** The order in which a Zarr v2 chunk stores its elements. */
public enum Order {
  /** The last axis changes fastest. */
  C,
  /** The first axis changes fastest. */
  F
}
