// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** Which scratch buffer serves what, so that no two steps of one chunk share one. */
final class ScratchSlot {
  /** A block of a Blosc frame between shuffle and compressor. */
  static final int BLOCK = 0;

  /** Intermediate result of a bit shuffle; input of a compressor that wants its own array. */
  static final int BITS = 1;

  /** A compressed stream whose place has no room for the worst case. */
  static final int STREAM = 2;

  /** Elements in stored order. */
  static final int ELEMENTS = 3;

  /** Output that is thrown away, to learn its length. */
  static final int TRIAL = 4;

  /** A block of N5, header and compressed elements. */
  static final int N5_BLOCK = 5;

  /** Output of the first bytes-to-bytes codec; the next ones follow. */
  static final int FIRST_STAGE = 6;

  private ScratchSlot() {}
}
