// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the central directory at the end of a zip archive, with its zip64 extension, after <a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT</a> 6.3.10. Most
 * archives need one request for it, large ones two.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_LENGTH = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int EXTRA64 = 1;
  private static final long IN_EXTRA = 0xFFFFFFFFL;

  /** The longest comment, and room for a directory of some hundred files. */
  private static final long TAIL = 1 << 17;

  private final Store store;
  private final String key;
  private final long size;

  private ZipDirectory(Store store, String key, long size) {
    this.store = store;
    this.key = key;
    this.size = size;
  }

  /**
   * The files of an archive by name. Of files with one name the last counts; names that are no keys
   * are left out, for nobody can ask for them.
   *
   * @param size bytes of the archive
   * @throws FormatException if it is no zip archive
   */
  static SortedMap<String, ZipMember> read(Store store, String key, long size) {
    ZipDirectory directory = new ZipDirectory(store, key, size);
    try {
      return directory.members();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw directory.damaged("its central directory ends too early");
    }
  }

  private FormatException damaged(String problem) {
    return new FormatException(store.uri() + "/" + key, problem);
  }

  private SortedMap<String, ZipMember> members() {
    long start = Math.max(0, size - TAIL);
    ByteBuffer tail = bytes(start, size - start);
    int end = end(tail);
    long length = unsigned(tail, end + 12);
    long offset = unsigned(tail, end + 16);
    if (end >= LOCATOR_LENGTH && tail.getInt(end - LOCATOR_LENGTH) == LOCATOR) {
      ByteBuffer end64 = part(tail, start, tail.getLong(end - LOCATOR_LENGTH + 8), END64_LENGTH);
      if (end64.getInt(0) != END64) {
        throw damaged("its zip64 end record is not where it says");
      }
      length = end64.getLong(40);
      offset = end64.getLong(48);
    }
    return entries(part(tail, start, offset, length));
  }

  /** Where the end record begins, which a comment may follow. */
  private int end(ByteBuffer tail) {
    for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END
          && at + END_LENGTH + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
        return at;
      }
    }
    throw damaged("it is no zip archive, or the end of it is missing");
  }

  private ByteBuffer part(ByteBuffer tail, long start, long offset, long length) {
    if (offset < 0 || length < 0 || offset > size - length || length > Integer.MAX_VALUE - 8) {
      throw damaged(
          "its directory is to lie at %d with %d bytes, but it has %d bytes"
              .formatted(offset, length, size));
    }
    return offset >= start
        ? tail.slice((int) (offset - start), (int) length).order(ByteOrder.LITTLE_ENDIAN)
        : bytes(offset, length);
  }

  private ByteBuffer bytes(long offset, long length) {
    return store
        .read(key, new ByteRange.Slice(offset, length), BufferSource.heap())
        .orElseThrow(() -> damaged("there is no such file"))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private SortedMap<String, ZipMember> entries(ByteBuffer directory) {
    SortedMap<String, ZipMember> members = new TreeMap<>();
    while (directory.hasRemaining()) {
      int at = directory.position();
      if (directory.getInt(at) != ENTRY) {
        throw damaged("its central directory has no entry at byte " + at);
      }
      int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
      int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
      int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
      directory.position(at + ENTRY_LENGTH);
      String name = StandardCharsets.UTF_8.decode(slice(directory, nameLength)).toString();
      ZipMember member = member(directory, at, slice(directory, extraLength));
      directory.position(directory.position() + commentLength);
      if (StoreKeys.isKey(name)) {
        members.put(name, member);
      }
    }
    return members;
  }

  private static ByteBuffer slice(ByteBuffer directory, int length) {
    ByteBuffer slice = directory.slice(directory.position(), length);
    directory.position(directory.position() + length);
    return slice.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The numbers of an entry; those that do not fit it lie in the zip64 field, in this order. */
  private ZipMember member(ByteBuffer directory, int at, ByteBuffer extra) {
    int extraLength = extra.limit();
    ByteBuffer large = large(extra);
    long length = number(unsigned(directory, at + 24), large);
    long stored = number(unsigned(directory, at + 20), large);
    long header = number(unsigned(directory, at + 42), large);
    int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
    if (header < 0 || stored < 0 || length < 0 || header > size - stored) {
      throw damaged("its central directory names a file that does not lie in it");
    }
    return new ZipMember(
        header,
        ZipMember.FIXED_HEADER + nameLength + extraLength,
        stored,
        length,
        unsigned(directory, at + 16),
        Short.toUnsignedInt(directory.getShort(at + 10)),
        (directory.getShort(at + 8) & 1) != 0);
  }

  private static long number(long value, ByteBuffer large) {
    return value == IN_EXTRA ? large.getLong() : value;
  }

  private static ByteBuffer large(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int tag = Short.toUnsignedInt(extra.getShort());
      ByteBuffer field = slice(extra, Short.toUnsignedInt(extra.getShort()));
      if (tag == EXTRA64) {
        return field;
      }
    }
    return ByteBuffer.allocate(0);
  }

  private static long unsigned(ByteBuffer buffer, int at) {
    return Integer.toUnsignedLong(buffer.getInt(at));
  }
}
