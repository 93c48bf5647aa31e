// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

/** Which symbolic links a local store follows when it reads. When it writes it stays inside. */
public enum LinkPolicy {
  /** Those that lead to places inside the store. */
  INSIDE,
  /** All, for hierarchies that are put together from links. */
  ANYWHERE
}
