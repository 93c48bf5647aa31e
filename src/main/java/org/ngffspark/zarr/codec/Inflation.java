// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One deflate stream being decoded. */
final class Inflation {
  private final String codec;
  private final Inflater inflater;
  private final ByteSpan source;

  Inflation(String codec, Inflater inflater, ByteSpan source) {
    this.codec = codec;
    this.inflater = inflater;
    this.source = source;
    inflater.setInput(source.array(), source.offset(), source.length());
  }

  /**
   * Decodes the whole stream to {@code target} from {@code at}.
   *
   * @param end where the target ends
   * @return bytes produced
   */
  int readAll(byte[] target, int at, int end) throws DamagedDataException {
    int position = at;
    while (!inflater.finished()) {
      int produced =
          position < end ? inflate(target, position, end - position) : inflate(new byte[1], 0, 1);
      if (produced > 0 && position == end) {
        throw new TooLongException(codec, end);
      }
      position += produced;
      if (produced == 0 && !inflater.finished()) {
        throw new DamagedDataException(
            inflater.needsDictionary()
                ? codec + ": stream needs a preset dictionary"
                : codec + ": stream ends early, after " + source.length() + " bytes");
      }
    }
    return position - at;
  }

  private int inflate(byte[] target, int at, int length) throws DamagedDataException {
    try {
      return inflater.inflate(target, at, length);
    } catch (DataFormatException damage) {
      throw new DamagedDataException(
          codec + ": not a deflate stream: " + damage.getMessage(), damage);
    }
  }

  /** What follows the stream in the source. */
  ByteSpan rest() {
    return source.skip(source.length() - inflater.getRemaining());
  }
}
