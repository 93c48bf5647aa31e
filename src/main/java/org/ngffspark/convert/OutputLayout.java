// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.ngffspark.convert.GridChoice.Kind;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.FillValue;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/**
 * How the arrays of a converted image are laid out.
 *
 * @param chunks lengths of chunks; of those that are given no more than the array has
 * @param shards lengths of shards, made whole chunks
 */
public record OutputLayout(OutputForm form, GridChoice chunks, GridChoice shards, OutputCodec codec)
    implements Serializable {
  private static final long LARGEST_SHARD = 1L << 30;

  /**
   * @throws IllegalArgumentException if shards are asked for in a format that has none, or no
   *     chunks
   */
  public OutputLayout {
    if (chunks.kind() == Kind.NONE) {
      throw new IllegalArgumentException("Arrays have chunks; give their lengths, auto or keep");
    }
    if (shards.kind() == Kind.LENGTHS && !form.hasShards()) {
      throw new IllegalArgumentException(
          "Shards " + shards + " are of NGFF 0.5 and 0.6, not of " + form);
    }
  }

  /**
   * The metadata of the array that is written.
   *
   * @param axes names of the axes, which Zarr v3 keeps
   * @throws IllegalArgumentException if more lengths are given than the array has axes, or a shard
   *     has more than 1 GiB of pixels: shards are put together in memory
   */
  ArrayMetadata of(ArrayMetadata source, List<String> axes) {
    ZarrFormat format = form.change().format();
    Shape chunk = chunk(source, axes);
    ArrayMetadata plain =
        ArrayMetadata.defaults(format, source.shape(), chunk, source.type(), axes);
    if (codec != OutputCodec.KEPT) {
      plain = plain.withEncoding(codec.encoding(format, source.type()));
    } else if (format == source.format() && source.shards().isEmpty()) {
      plain = plain.withEncoding(source.encoding());
    }
    if (format != ZarrFormat.N5) {
      plain = plain.withFill(FillValue.ofBits(source.type(), source.fill().bits()));
    }
    Optional<Shape> shard = shard(source, chunk, axes);
    return shard.isPresent() ? plain.withShards(checked(shard.get(), source.type())) : plain;
  }

  /** Whether chunks and shards that are left open get a good size. */
  private boolean isOpen(ArrayMetadata source) {
    return form.hasShards() && source.shards().isEmpty();
  }

  private Shape chunk(ArrayMetadata source, List<String> axes) {
    if (chunks.kind() == Kind.LENGTHS) {
      return last(chunks.lengths(), source.shape().rank()).cutTo(source.shape());
    }
    if (chunks.kind() == Kind.KEEP || !isOpen(source)) {
      return source.chunks();
    }
    Shape good = GoodLengths.chunk(source.shape(), source.type().bytes(), axes);
    return shards.kind() == Kind.LENGTHS
        ? good.cutTo(last(shards.lengths(), source.shape().rank()))
        : good;
  }

  private Optional<Shape> shard(ArrayMetadata source, Shape chunk, List<String> axes) {
    boolean isKept = chunks.kind() != Kind.LENGTHS && source.shards().isPresent();
    if (!form.hasShards() || shards.kind() == Kind.NONE) {
      return Optional.empty();
    }
    if (shards.kind() == Kind.LENGTHS) {
      return Optional.of(wholeChunks(last(shards.lengths(), chunk.rank()), chunk));
    }
    if (isKept) {
      return source.shards();
    }
    return shards.kind() == Kind.KEEP
        ? source.shards().map(lengths -> wholeChunks(lengths, chunk))
        : Optional.of(GoodLengths.shard(source.shape(), chunk, source.type().bytes(), axes));
  }

  private static Shape wholeChunks(Shape asked, Shape chunk) {
    Shape lengths = asked;
    for (int axis = 0; axis < chunk.rank(); axis++) {
      long inner = chunk.get(axis);
      lengths = lengths.with(axis, (Math.max(asked.get(axis), inner) + inner - 1) / inner * inner);
    }
    return lengths;
  }

  private static Shape checked(Shape shard, DataType type) {
    if (shard.elements() > LARGEST_SHARD / type.bytes()) {
      throw new IllegalArgumentException(
          "A shard of %s%s takes more than 1 GiB of memory; give --shards smaller lengths"
              .formatted(type, shard));
    }
    return shard;
  }

  private static Shape last(List<Integer> asked, int rank) {
    if (asked.size() > rank) {
      throw new IllegalArgumentException(
          "Lengths " + asked + " are for more axes than the " + rank + " of the image");
    }
    long[] lengths = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      int index = asked.size() - rank + axis;
      lengths[axis] = index < 0 ? 1 : asked.get(index);
    }
    return Shape.of(lengths);
  }
}
