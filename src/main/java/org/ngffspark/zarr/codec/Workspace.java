// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/**
 * Where a codec puts its output: an array that is only made when asked for, since some codecs
 * return a part of their input.
 */
interface Workspace {

  /** At most so many bytes may be produced. */
  int capacity();

  /** At least {@link #capacity()} long; output starts at 0. */
  byte[] array();
}
