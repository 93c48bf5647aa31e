// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.List;

/** What Blosc does to a block before compression. */
enum BloscShuffle {
  NONE("noshuffle", 0),
  BYTES("shuffle", 1),
  BITS("bitshuffle", 4);

  /** Names in Zarr v3 metadata, in the order of the numbers in v2. */
  static final List<String> NAMES = List.of("noshuffle", "shuffle", "bitshuffle");

  private final String zarrName;
  private final int flag;

  BloscShuffle(String zarrName, int flag) {
    this.zarrName = zarrName;
    this.flag = flag;
  }

  static BloscShuffle ofName(String name) {
    return values()[NAMES.indexOf(name)];
  }

  /** What writers choose that are told to choose: bits for single bytes, else bytes. */
  static BloscShuffle automatic(int elementBytes) {
    return elementBytes == 1 ? BITS : BYTES;
  }

  /** Its bit in the header's flags. */
  int flag() {
    return flag;
  }

  @Override
  public String toString() {
    return zarrName;
  }

  /** True if it moves anything in a block of that length. */
  boolean moves(int width, int length) {
    return switch (this) {
      case NONE -> false;
      case BYTES -> width > 1;
      case BITS -> length >= width;
    };
  }

  void shuffle(ByteSpan source, byte[] target, int width, CodecScratch scratch) {
    if (this == BYTES) {
      ByteShuffle.shuffle(source.array(), source.offset(), target, 0, width, source.length());
    } else {
      byte[] bytes = scratch.buffer(ScratchSlot.BITS, source.length());
      BitShuffle.shuffle(source.array(), source.offset(), target, 0, width, source.length(), bytes);
    }
  }

  /** Undoes {@link #shuffle} of the first bytes of {@code source}, as many as the target has. */
  void unshuffle(byte[] source, ByteSpan target, int width, CodecScratch scratch) {
    if (this == BYTES) {
      ByteShuffle.unshuffle(source, 0, target.array(), target.offset(), width, target.length());
    } else {
      byte[] bytes = scratch.buffer(ScratchSlot.BITS, target.length());
      BitShuffle.unshuffle(
          source, 0, target.array(), target.offset(), width, target.length(), bytes);
    }
  }
}
