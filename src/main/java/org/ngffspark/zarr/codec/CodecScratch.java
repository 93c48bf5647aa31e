// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;

/**
 * Buffers and native contexts that one thread reuses from chunk to chunk. Buffers grow to the
 * largest chunk seen and never beyond what that chunk's metadata declares, plus the overhead of its
 * codecs. Not safe for several threads; native memory is given back by {@link #close} or, if that
 * is not called, by the garbage collector.
 */
public final class CodecScratch implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final List<byte[]> buffers = new ArrayList<>();
  private int[] hashTable = new int[0];
  private Optional<ArrayCache> arrayCache = Optional.empty();
  private final NativeContexts contexts = new NativeContexts();
  private final Cleaner.Cleanable cleanable = CLEANER.register(this, contexts);

  /**
   * The buffer of that number, at least so long; its content is arbitrary.
   *
   * @param slot numbers in use are listed in {@link ScratchSlot}
   */
  byte[] buffer(int slot, int length) {
    while (buffers.size() <= slot) {
      buffers.add(new byte[0]);
    }
    byte[] buffer = buffers.get(slot);
    if (buffer.length < length) {
      buffer = new byte[length];
      buffers.set(slot, buffer);
    }
    return buffer;
  }

  Workspace workspace(int slot, int capacity) {
    return new ScratchWorkspace(this, slot, capacity);
  }

  /** For {@link BloscLz}; its content is arbitrary. */
  int[] hashTable() {
    if (hashTable.length == 0) {
      hashTable = new int[BloscLz.tableLength()];
    }
    return hashTable;
  }

  /** For the windows of LZMA; what it holds may be collected at any time. */
  ArrayCache arrayCache() {
    if (arrayCache.isEmpty()) {
      arrayCache = Optional.of(new BasicArrayCache());
    }
    return arrayCache.get();
  }

  ZstdDecompressCtx zstdDecompressor() {
    return contexts.zstdDecompressor();
  }

  ZstdCompressCtx zstdCompressor() {
    return contexts.zstdCompressor();
  }

  Inflater inflater(DeflateFraming framing) {
    return contexts.inflater(framing);
  }

  Deflater deflater(DeflateFraming framing, int level) {
    return contexts.deflater(framing, level);
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  private record ScratchWorkspace(CodecScratch scratch, int slot, int capacity)
      implements Workspace {
    @Override
    public byte[] array() {
      return scratch.buffer(slot, capacity);
    }
  }
}
