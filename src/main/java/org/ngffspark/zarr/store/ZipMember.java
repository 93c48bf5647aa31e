// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

/**
 * What the central directory of a zip archive says of one of its files.
 *
 * @param header where its local header begins, in bytes from the start of the archive
 * @param headerLength of the local header, as far as the central directory tells
 * @param stored bytes of the file in the archive
 * @param length bytes of the file
 * @param checksum CRC-32 of the file
 * @param method how it is compressed
 * @param isEncrypted whether a password is needed
 */
record ZipMember(
    long header,
    int headerLength,
    long stored,
    long length,
    long checksum,
    int method,
    boolean isEncrypted) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Length of a local header without name and extra fields. */
  static final int FIXED_HEADER = 30;

  static final int HEADER_SIGNATURE = 0x04034b50;
}
