// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ngffspark.image.Mask;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;

/**
 * Pixels that wait to be pasted into chunks, row by row in the order in which they came. They lie
 * one after the other in a few large blocks: thousands of patches, each with its boxes and mask,
 * would be out of the processor's cache when their turn comes. Not safe for several threads.
 */
final class WaitingPixels {
  private static final int FIELDS = 3;

  private final ZarrArray array;
  private final ChunkPool pool;
  private final List<GridPosition> chunks = new ArrayList<>();
  private final Map<GridPosition, Integer> numbers = new HashMap<>();
  private final List<NdArray> blocks = new ArrayList<>();
  // Per row: place in the list of chunks, first byte in the chunk, number of bytes.
  private int[] rows = new int[FIELDS << 10];
  private int rowCount;
  private byte[] block = new byte[0];
  private int used;

  /** Gives the content of a chunk, to be changed. */
  @FunctionalInterface
  interface Contents {
    NdArray of(GridPosition chunk);
  }

  WaitingPixels(ZarrArray array, ChunkPool pool) {
    this.array = array;
    this.pool = pool;
  }

  /** Adds the masked pixels of {@code part} of a patch, which go to {@code to} of a chunk. */
  void add(Mask mask, NdArray patch, Box part, GridPosition chunk, Box to) {
    int number = number(chunk);
    int width = patch.type().bytes();
    byte[] source = patch.bytes();
    mask.forEachRow(
        part,
        array.chunks().chunk(),
        to,
        (from, at, length) -> row(number, source, from * width, at * width, length * width));
  }

  private int number(GridPosition chunk) {
    Integer known = numbers.putIfAbsent(chunk, chunks.size());
    if (known == null) {
      chunks.add(chunk);
      return chunks.size() - 1;
    }
    return known;
  }

  private void row(int chunk, byte[] source, int from, int to, int length) {
    for (int done = 0; done < length; ) {
      if (used == block.length) {
        NdArray next = pool.take(array.type(), array.chunks().chunk());
        blocks.add(next);
        block = next.bytes();
        used = 0;
      }
      int count = Math.min(length - done, block.length - used);
      System.arraycopy(source, from + done, block, used, count);
      used += count;
      note(chunk, to + done, count);
      done += count;
    }
  }

  private void note(int chunk, int at, int length) {
    if (rowCount * FIELDS == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
    }
    int row = rowCount * FIELDS;
    rows[row] = chunk;
    rows[row + 1] = at;
    rows[row + 2] = length;
    rowCount++;
  }

  /** Bytes that wait. */
  long bytes() {
    return (blocks.size() - 1L) * block.length + used + (long) rowCount * FIELDS * Integer.BYTES;
  }

  /** Pastes all, and gives the memory back. */
  void pasteInto(Contents contents) {
    List<byte[]> targets = chunks.stream().map(chunk -> contents.of(chunk).bytes()).toList();
    int next = 0;
    int at = 0;
    byte[] from = block;
    for (int row = 0; row < rowCount * FIELDS; row += FIELDS) {
      if (at == from.length || row == 0) {
        from = blocks.get(next++).bytes();
        at = 0;
      }
      System.arraycopy(from, at, targets.get(rows[row]), rows[row + 1], rows[row + 2]);
      at += rows[row + 2];
    }
    blocks.forEach(pool::giveBack);
    blocks.clear();
    chunks.clear();
    numbers.clear();
    block = new byte[0];
    rowCount = 0;
    used = 0;
  }
}
