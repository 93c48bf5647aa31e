// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/**
 * How sample images are stored.
 *
 * @param channels how many, from 1 to 3
 * @param levels how many at most: none is made of an image that has shrunk to less than 2 pixels
 * @param chunk lengths of a chunk in y and x
 * @param shard lengths of a shard in y and x, multiples of the chunk's; only in 0.5
 */
public record SampleLayout(
    NgffVersion version, int channels, int levels, Shape chunk, Optional<Shape> shard) {

  /**
   * @throws IllegalArgumentException if there are not 1 to 3 channels or no level
   */
  public SampleLayout {
    if (channels < 1 || channels > SyntheticCells.CHANNELS.size() || levels < 1) {
      throw new IllegalArgumentException(
          "Sample images have 1 to 3 channels and at least 1 level, got "
              + channels
              + " and "
              + levels);
    }
  }

  /** Three channels, five levels, chunks of 256 pixels, no shards. */
  public static SampleLayout small(NgffVersion version) {
    return new SampleLayout(version, 3, 5, Shape.of(256, 256), Optional.empty());
  }

  /** An array whose last two axes are y and x; chunks hold one plane's piece. */
  ArrayMetadata array(Shape shape, DataType type, List<String> axes) {
    ZarrFormat format = version.format();
    ArrayMetadata metadata =
        ArrayMetadata.defaults(format, shape, plane(shape.rank(), chunk), type, axes);
    return shard.map(lengths -> metadata.withShards(plane(shape.rank(), lengths))).orElse(metadata);
  }

  private static Shape plane(int rank, Shape yx) {
    long[] lengths = new long[rank];
    Arrays.fill(lengths, 1);
    lengths[rank - 2] = yx.get(0);
    lengths[rank - 1] = yx.get(1);
    return Shape.of(lengths);
  }
}
