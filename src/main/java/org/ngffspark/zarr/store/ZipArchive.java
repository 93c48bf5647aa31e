// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The files of a zip archive, read by ranges from the store that it lies in. */
final class ZipArchive {
  /** Extra fields of a local header that the central directory does not have, as zip64 sizes. */
  private static final int MORE_HEADER = 64;

  /**
   * Tasks open one archive again and again; as long as it is not changed its files are the same.
   */
  private static final Map<String, ZipArchive> OPENED = new ConcurrentHashMap<>();

  private static final int MOST_OPENED = 16;

  private final Store store;
  private final String key;
  private final KeyStatus status;
  private final SortedMap<String, ZipMember> members;

  /** Where the bytes of members begin that parts were read of. */
  private final ConcurrentHashMap<ZipMember, Long> starts = new ConcurrentHashMap<>();

  private ZipArchive(Store store, String key, KeyStatus status) {
    this.store = store;
    this.key = key;
    this.status = status;
    this.members = ZipDirectory.read(store, key, status.length());
  }

  /**
   * Opens an archive; one that was changed since its central directory was read is read again.
   *
   * @throws FormatException if it is not there, or no zip archive
   */
  static ZipArchive open(Store store, String key) {
    String location = store.uri() + "/" + key;
    KeyStatus status =
        store.status(key).orElseThrow(() -> new FormatException(location, "there is no such file"));
    ZipArchive known = OPENED.get(location);
    if (known != null && known.status.equals(status)) {
      return known;
    }
    ZipArchive archive = new ZipArchive(store, key, status);
    if (OPENED.size() >= MOST_OPENED) {
      OPENED.clear();
    }
    OPENED.put(location, archive);
    return archive;
  }

  SortedMap<String, ZipMember> members() {
    return members;
  }

  /** Length of a file; it was changed when the archive was. */
  KeyStatus status(ZipMember member) {
    return new KeyStatus(member.length(), status.modified());
  }

  private String location(String name) {
    return store.uri() + "/" + key + "/" + name;
  }

  /** The whole file; one request if its local header is as the central directory has it. */
  ByteBuffer read(String name, ZipMember member, BufferSource buffers) {
    requireReadable(name, member);
    ByteBuffer target = buffers.take(member.length());
    ByteBuffer bytes = raw(name, member);
    if (member.method() == ZipMember.STORED) {
      target.put(bytes).flip();
    } else {
      inflate(name, bytes, target);
    }
    CRC32 checksum = new CRC32();
    checksum.update(target.duplicate());
    if (checksum.getValue() != member.checksum()) {
      throw new FormatException(location(name), "its checksum in the archive is another");
    }
    return target;
  }

  /** A part of a file; one that is compressed is read and expanded whole. */
  ByteBuffer read(String name, ZipMember member, ByteRange range, BufferSource buffers) {
    ByteRange.Slice slice =
        range
            .within(member.length())
            .orElseThrow(() -> StoreException.outside(location(name), range, member.length()));
    requireReadable(name, member);
    if (member.method() == ZipMember.STORED) {
      return bytes(start(name, member) + slice.offset(), slice.length(), buffers);
    }
    ByteBuffer target = buffers.take(slice.length());
    ByteBuffer whole = read(name, member, BufferSource.heap());
    return target.put(whole.slice((int) slice.offset(), (int) slice.length())).flip();
  }

  private void requireReadable(String name, ZipMember member) {
    if (member.isEncrypted()) {
      throw new FormatException(location(name), "it is encrypted; archives must not be");
    }
    boolean isStored = member.method() == ZipMember.STORED;
    if (!isStored && member.method() != ZipMember.DEFLATED) {
      throw new FormatException(
          location(name),
          "it is compressed by method "
              + member.method()
              + " of zip; expected 0 (stored) or 8 (deflated)");
    }
    if (isStored && member.stored() != member.length()) {
      throw new FormatException(
          location(name),
          "it is stored with %d bytes but has %d".formatted(member.stored(), member.length()));
    }
  }

  private ByteBuffer bytes(long offset, long length, BufferSource buffers) {
    return store
        .read(key, new ByteRange.Slice(offset, length), buffers)
        .orElseThrow(
            () -> new StoreException("read", store.uri() + "/" + key, "it was deleted meanwhile"));
  }

  /** The bytes as they lie in the archive, read together with the local header before them. */
  private ByteBuffer raw(String name, ZipMember member) {
    long most = member.headerLength() + MORE_HEADER + member.stored();
    long length = Math.min(most, status.length() - member.header());
    ByteBuffer bytes = bytes(member.header(), length, BufferSource.heap());
    int header = headerLength(name, bytes);
    return header + member.stored() <= bytes.limit()
        ? bytes.slice(header, (int) member.stored())
        : bytes(member.header() + header, member.stored(), BufferSource.heap());
  }

  private long start(String name, ZipMember member) {
    return starts.computeIfAbsent(
        member,
        unknown ->
            member.header()
                + headerLength(
                    name, bytes(member.header(), ZipMember.FIXED_HEADER, BufferSource.heap())));
  }

  private int headerLength(String name, ByteBuffer header) {
    header.order(ByteOrder.LITTLE_ENDIAN);
    if (header.limit() < ZipMember.FIXED_HEADER || header.getInt(0) != ZipMember.HEADER_SIGNATURE) {
      throw new FormatException(location(name), "it is not where the archive's directory says");
    }
    return ZipMember.FIXED_HEADER
        + Short.toUnsignedInt(header.getShort(26))
        + Short.toUnsignedInt(header.getShort(28));
  }

  private void inflate(String name, ByteBuffer bytes, ByteBuffer target) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes);
      int read = 1;
      while (target.hasRemaining() && read > 0) {
        read = inflater.inflate(target);
      }
      boolean isWhole = !target.hasRemaining();
      // One more byte would be too many; asking for it lets the end be seen.
      boolean isMore = inflater.inflate(new byte[1]) > 0;
      if (!isWhole || isMore || !inflater.finished()) {
        throw new FormatException(
            location(name), "it does not expand to %d bytes".formatted(target.limit()));
      }
      target.flip();
    } catch (DataFormatException e) {
      throw new FormatException(location(name), "its deflated bytes are damaged", e);
    } finally {
      inflater.end();
    }
  }
}
