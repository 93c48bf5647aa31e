// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.zip.CRC32C;
import org.ngffspark.zarr.ArrayFiles;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.Store;

/**
 * Makes the name for a state of a label image, see {@link Label#fingerprint}, from its write units.
 * Not safe for several threads.
 */
public final class LabelFingerprint {
  private static final int DIGITS = 32;
  private static final long PIECE = 8L << 20;
  private static final Set<String> METADATA =
      Set.of(".zarray", ".zattrs", "zarr.json", "attributes.json");

  private final boolean readsBytes;
  private final SortedMap<String, String> units = new TreeMap<>();

  private LabelFingerprint(boolean readsBytes) {
    this.readsBytes = readsBytes;
  }

  /**
   * Of a state in which no unit is stored.
   *
   * @param array the finest level of the label image
   */
  public static LabelFingerprint ofNothing(ZarrArray array) {
    return new LabelFingerprint(array.hasFixedLength());
  }

  static String of(ZarrArray array) {
    LabelFingerprint fingerprint = ofNothing(array);
    String path = array.path().path();
    Store store = array.path().store();
    for (Map.Entry<String, KeyStatus> unit : ArrayFiles.statuses(array, store).entrySet()) {
      String key = unit.getKey().substring(path.length() + 1);
      if (!METADATA.contains(key)) {
        long length = unit.getValue().length();
        fingerprint.add(key, length, () -> checksum(store, unit.getKey(), length));
      }
    }
    return fingerprint.text();
  }

  /** In pieces: a shard may not fit into memory. */
  private static int checksum(Store store, String key, long length) {
    CRC32C checksum = new CRC32C();
    for (long offset = 0; offset < length; offset += PIECE) {
      ByteRange piece = new ByteRange.Slice(offset, Math.min(PIECE, length - offset));
      store
          .read(key, piece, BufferSource.heap())
          .map(ByteBuffer::duplicate)
          .ifPresent(checksum::update);
    }
    return (int) checksum.getValue();
  }

  /**
   * Adds a write unit that is stored.
   *
   * @param key below the level's array
   * @param length bytes, encoded
   * @param crc32c of these bytes; asked only where the length says nothing
   */
  public LabelFingerprint add(String key, long length, IntSupplier crc32c) {
    String checksum = readsBytes ? " " + Integer.toHexString(crc32c.getAsInt()) : "";
    units.put(key, length + checksum);
    return this;
  }

  /** The name. */
  public String text() {
    StringBuilder lines = new StringBuilder();
    units.forEach((key, state) -> lines.append(key).append(' ').append(state).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(lines.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256", missing);
    }
  }
}
