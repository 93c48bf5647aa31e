// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.FillValue;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Shape;

/**
 * How the arrays of a converted image are laid out.
 *
 * @param chunks lengths on the last axes, 1 on those before; empty for those of the source
 * @param shards the same of shards; empty for those of the source where the format has shards
 */
public record OutputLayout(
    OutputForm form, List<Integer> chunks, List<Integer> shards, OutputCodec codec)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a length is below 1, or the format has no shards
   */
  public OutputLayout {
    chunks = List.copyOf(chunks);
    shards = List.copyOf(shards);
    for (List<Integer> lengths : List.of(chunks, shards)) {
      if (lengths.stream().anyMatch(length -> length < 1)) {
        throw new IllegalArgumentException("Lengths must be at least 1, got " + lengths);
      }
    }
    if (!shards.isEmpty() && form != OutputForm.NGFF_0_5) {
      throw new IllegalArgumentException("Shards " + shards + " are of NGFF 0.5, not of " + form);
    }
  }

  /**
   * The metadata of the array that is written.
   *
   * @param axes names of the axes, which Zarr v3 keeps
   */
  ArrayMetadata of(ArrayMetadata source, List<String> axes) {
    ZarrFormat format = form.change().format();
    Shape shape = source.shape();
    Shape chunk = chunks.isEmpty() ? source.chunks() : lengths(chunks, shape);
    ArrayMetadata plain = ArrayMetadata.defaults(format, shape, chunk, source.type(), axes);
    if (codec != OutputCodec.KEPT) {
      plain = plain.withEncoding(codec.encoding(format, source.type()));
    } else if (format == source.format() && source.shards().isEmpty()) {
      plain = plain.withEncoding(source.encoding());
    }
    if (format != ZarrFormat.N5) {
      plain = plain.withFill(FillValue.ofBits(source.type(), source.fill().bits()));
    }
    Optional<Shape> shard =
        shards.isEmpty() ? kept(source, format) : Optional.of(shard(plain.chunks()));
    return shard.isPresent() ? plain.withShards(shard.get()) : plain;
  }

  private Optional<Shape> kept(ArrayMetadata source, ZarrFormat format) {
    return format == ZarrFormat.V3 && chunks.isEmpty() ? source.shards() : Optional.empty();
  }

  /** As asked for, but whole chunks. */
  private Shape shard(Shape chunk) {
    Shape asked = last(shards, chunk.rank());
    for (int axis = 0; axis < chunk.rank(); axis++) {
      long inner = chunk.get(axis);
      asked = asked.with(axis, (Math.max(asked.get(axis), inner) + inner - 1) / inner * inner);
    }
    return asked;
  }

  private static Shape lengths(List<Integer> asked, Shape shape) {
    Shape lengths = last(asked, shape.rank());
    for (int axis = 0; axis < shape.rank(); axis++) {
      lengths = lengths.with(axis, Math.max(1, Math.min(lengths.get(axis), shape.get(axis))));
    }
    return lengths;
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
