// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.List;
import org.ngffspark.zarr.json.JsonView;

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
  private static final String CNAME = "cname";
  private static final String SHUFFLE = "shuffle";
  private static final String TYPESIZE = "typesize";
  private static final List<String> SETTINGS =
      List.of(CNAME, "clevel", SHUFFLE, TYPESIZE, "blocksize");

  /**
   * As Zarr v3 gives it.
   *
   * @param elementBytes the element size where the metadata has none
   */
  static BloscCodec ofV3(JsonView settings, int elementBytes) {
    settings.requireOnly(SETTINGS);
    BloscShuffle shuffle =
        settings
            .find(SHUFFLE)
            .map(name -> BloscShuffle.ofName(name.oneOf(BloscShuffle.NAMES)))
            .orElseGet(() -> BloscShuffle.automatic(elementBytes));
    String compressor = settings.require(CNAME).oneOf(BloscCompressor.names());
    return of(settings, compressor, shuffle, elementBytes);
  }

  /** As numcodecs gives it, with the shuffle by its number. */
  static BloscCodec ofNumcodecs(JsonView settings, int elementBytes) {
    Numcodecs.requireOnly(settings, SETTINGS.toArray(String[]::new));
    int width = settings.integer(TYPESIZE, 1, MAX_WIDTH, elementBytes);
    return of(
        settings,
        compressor(settings, BloscCompressor.LZ4),
        shuffleByNumber(settings, width, 1),
        elementBytes);
  }

  /** As N5 gives it: shuffle by its number, no element size. */
  static BloscCodec ofN5(JsonView settings, int elementBytes) {
    return of(
        settings,
        compressor(settings, BloscCompressor.BLOSCLZ),
        shuffleByNumber(settings, elementBytes, 0),
        elementBytes);
  }

  private static BloscShuffle shuffleByNumber(JsonView settings, int width, int unsaid) {
    int number = settings.integer(SHUFFLE, AUTOMATIC, 2, unsaid);
    return number == AUTOMATIC
        ? BloscShuffle.automatic(width)
        : BloscShuffle.ofName(BloscShuffle.NAMES.get(number));
  }

  private static String compressor(JsonView settings, BloscCompressor unsaid) {
    return settings
        .find(CNAME)
        .map(name -> name.oneOf(BloscCompressor.names()))
        .orElse(unsaid.cname());
  }

  private static BloscCodec of(
      JsonView settings, String compressor, BloscShuffle shuffle, int elementBytes) {
    return new BloscCodec(
        BloscCompressor.ofName(compressor),
        settings.integer("clevel", 0, 9, DEFAULT_LEVEL),
        shuffle,
        settings.integer(TYPESIZE, 1, MAX_WIDTH, elementBytes),
        settings.integer("blocksize", 0, Integer.MAX_VALUE, 0));
  }

  @Override
  public String name() {
    return "blosc";
  }

  @Override
  public ByteSpan decode(ByteSpan encoded, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    return decodeStart(encoded, Integer.MAX_VALUE, workspace, scratch);
  }

  /** Blocks behind the start are not decoded. */
  @Override
  public ByteSpan decodeStart(
      ByteSpan encoded, int needed, Workspace workspace, CodecScratch scratch)
      throws DamagedDataException {
    BloscHeader header = BloscHeader.read(encoded, workspace.capacity());
    if (header.stored()) {
      return encoded.skip(BloscHeader.BYTES);
    }
    byte[] target = workspace.array();
    if (header.length() > 0) {
      new BloscDecoder(encoded, header, scratch).decode(target, needed);
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
