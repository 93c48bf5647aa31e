// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

/**
 * Blosc frames (c-blosc 1.x).
 *
 * @param level 0 (stored) to 9
 * @param width bytes of an element, 1 to 255
 * @param blockLength bytes of a block, 0 to choose
 */
record BloscCodec(
    BloscCompressor compressor, int level, BloscShuffle shuffle, int width, int blockLength)
    implements BytesCodec {
  private static final int MAX_WIDTH = 255;
  private static final int DEFAULT_LEVEL = 5;
  private static final int AUTOMATIC = -1;

  /**
   * @param elementBytes the element size where the metadata has none
   */
  static BloscCodec ofV3(CodecSettings settings, int elementBytes) {
    BloscShuffle shuffle =
        settings.has("shuffle")
            ? BloscShuffle.ofName(settings.text("shuffle", BloscShuffle.NAMES))
            : BloscShuffle.automatic(elementBytes);
    return of(settings, shuffle, settings.integer("typesize", 1, MAX_WIDTH, elementBytes));
  }

  static BloscCodec ofV2(CodecSettings settings, int elementBytes) {
    int number = settings.integer("shuffle", AUTOMATIC, 2, 1);
    BloscShuffle shuffle =
        number == AUTOMATIC
            ? BloscShuffle.automatic(elementBytes)
            : BloscShuffle.ofName(BloscShuffle.NAMES.get(number));
    return of(settings, shuffle, elementBytes);
  }

  private static BloscCodec of(CodecSettings settings, BloscShuffle shuffle, int width) {
    return new BloscCodec(
        BloscCompressor.ofName(settings.text("cname", BloscCompressor.names())),
        settings.integer("clevel", 0, 9, DEFAULT_LEVEL),
        shuffle,
        width,
        settings.integer("blocksize", 0, Integer.MAX_VALUE, 0));
  }

  @Override
  public String name() {
    return "blosc";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    BloscHeader header = BloscHeader.read(encoded, workspace.capacity());
    if (header.stored()) {
      return encoded.skip(BloscHeader.BYTES);
    }
    byte[] target = workspace.array();
    if (header.length() > 0) {
      new BloscDecoder(encoded, header, scratch).decode(target);
    }
    return new ByteSpan(target, 0, header.length());
  }

  @Override
  public ByteSpan encode(ByteSpan decoded, Workspace workspace, CodecScratch scratch) {
    byte[] target = workspace.array();
    return new ByteSpan(target, 0, new BloscEncoder(this, decoded, target, scratch).encode());
  }

  /** Writers fall back to storing; the surplus is for those that keep a slightly longer frame. */
  @Override
  public long maxEncodedLength(long decodedLength) {
    return decodedLength + decodedLength / 64 + 1024;
  }

  @Override
  public int decodedLength(ByteSpan encoded, int limit, CodecScratch scratch)
      throws DamagedDataException {
    return BloscHeader.read(encoded, limit).length();
  }
}
