// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ngffspark.zarr.store.FormatException;

/** A value that names an owner: its name on a line, then what it says of itself. */
final class OwnerMark {
  private OwnerMark() {}

  static ByteBuffer encode(LockHolder holder) {
    byte[] name = (holder.owner() + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer rest = holder.encode();
    return ByteBuffer.allocate(name.length + rest.remaining()).put(name).put(rest).flip();
  }

  /**
   * @param place key of the value, for messages
   * @throws FormatException if it names nobody
   */
  static LockHolder decode(ByteBuffer mark, String place) {
    String text = StandardCharsets.ISO_8859_1.decode(mark.duplicate()).toString();
    int line = text.indexOf('\n');
    String owner = line < 0 ? "" : text.substring(0, line);
    if (!owner.matches("[A-Za-z0-9.-]+")) {
      throw new FormatException(
          place, "it names no owner; if you know that no run is at work, delete it");
    }
    return LockHolder.decode(owner, mark.duplicate().position(mark.position() + line + 1).slice());
  }
}
