// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.zip.Deflater;

/** Makes one deflate stream. */
final class Deflation {
  private Deflation() {}

  /**
   * @return where the stream ends in the target
   */
  static int write(Deflater deflater, ByteSpan source, byte[] target, int at) {
    deflater.setInput(source.array(), source.offset(), source.length());
    deflater.finish();
    int position = at;
    while (!deflater.finished()) {
      int produced = deflater.deflate(target, position, target.length - position);
      if (produced == 0) {
        throw new IllegalStateException("deflate made more than the bound " + target.length);
      }
      position += produced;
    }
    return position;
  }

  /** Stored blocks of any size that writers use stay below it. */
  static long maxLength(long decodedLength) {
    return decodedLength + decodedLength / 8 + 1024;
  }
}
