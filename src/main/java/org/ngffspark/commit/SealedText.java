// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Lines of JSON, the last of which is a checksum of all before: what is torn or damaged is not
 * taken for whole.
 */
final class SealedText extends ByteArrayOutputStream {
  private static final String BEFORE = "{\"crc32c\":\"";
  private static final String AFTER = "\"}\n";
  private static final int SEAL = BEFORE.length() + Integer.BYTES * 2 + AFTER.length();

  /** Adds the checksum; the buffer shares the memory of this stream, which is not to be used on. */
  ByteBuffer seal() {
    writeBytes(line(ByteBuffer.wrap(buf, 0, count)));
    return ByteBuffer.wrap(buf, 0, count);
  }

  /** What was sealed, without the checksum; empty if it is not whole. */
  static Optional<byte[]> open(ByteBuffer bytes) {
    int length = bytes.remaining() - SEAL;
    if (length < 0) {
      return Optional.empty();
    }
    byte[] text = new byte[length];
    byte[] seal = new byte[SEAL];
    bytes.duplicate().get(text).get(seal);
    return Arrays.equals(seal, line(ByteBuffer.wrap(text))) ? Optional.of(text) : Optional.empty();
  }

  private static byte[] line(ByteBuffer text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text);
    String digits = HexFormat.of().toHexDigits((int) checksum.getValue());
    return (BEFORE + digits + AFTER).getBytes(StandardCharsets.US_ASCII);
  }
}
