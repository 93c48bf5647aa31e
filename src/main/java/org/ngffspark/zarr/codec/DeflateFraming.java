// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/** What surrounds a deflate stream. */
enum DeflateFraming {
  /** Nothing; the codec writes its own header and trailer. */
  RAW,
  /** The two-byte header and Adler-32 trailer of RFC 1950. */
  ZLIB
}
