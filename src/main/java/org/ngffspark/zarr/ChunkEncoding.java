// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.Optional;
import org.ngffspark.zarr.codec.CodecPipeline;
import org.ngffspark.zarr.codec.Order;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

/** How the elements of a chunk become bytes, in the words of the format. */
public sealed interface ChunkEncoding {

  /**
   * The codecs of one chunk.
   *
   * @param location the metadata file, for messages
   * @throws org.ngffspark.zarr.store.FormatException if a codec or its configuration is not known
   */
  CodecPipeline pipeline(DataType type, Shape chunk, String location);

  /** The format that has such chunks. */
  ZarrFormat format();

  /** The same encoding, without what says nothing for that type, so that equals sees equal ones. */
  default ChunkEncoding normalized(DataType type) {
    return this;
  }

  /**
   * Zarr v2.
   *
   * @param byteOrder of the stored elements; says nothing for types of one byte
   * @param compressor the object, or null node
   * @param filters the list, or null node
   */
  record V2(ByteOrder byteOrder, Order order, JsonNode compressor, JsonNode filters)
      implements ChunkEncoding {
    @Override
    public ZarrFormat format() {
      return ZarrFormat.V2;
    }

    @Override
    public CodecPipeline pipeline(DataType type, Shape chunk, String location) {
      return CodecPipeline.ofV2(compressor, filters, order, byteOrder, type, chunk, location);
    }

    @Override
    public V2 normalized(DataType type) {
      return type.bytes() == 1 ? new V2(ByteOrder.LITTLE_ENDIAN, order, compressor, filters) : this;
    }
  }

  /**
   * Zarr v3.
   *
   * @param codecs the list of codecs of one chunk; of one inner chunk where the array is sharded
   * @param index how shards are indexed; empty where the array is not sharded
   */
  record V3(JsonNode codecs, Optional<ShardIndexEncoding> index) implements ChunkEncoding {
    @Override
    public ZarrFormat format() {
      return ZarrFormat.V3;
    }

    @Override
    public CodecPipeline pipeline(DataType type, Shape chunk, String location) {
      return CodecPipeline.ofV3(codecs, type, chunk, location);
    }
  }

  /**
   * N5.
   *
   * @param compression the object with its {@code type}
   */
  record N5(JsonNode compression) implements ChunkEncoding {
    @Override
    public ZarrFormat format() {
      return ZarrFormat.N5;
    }

    @Override
    public CodecPipeline pipeline(DataType type, Shape chunk, String location) {
      return CodecPipeline.ofN5(compression, type, chunk, location);
    }
  }

  /** Where the index lies in a shard. */
  enum IndexLocation {
    START,
    END
  }

  /**
   * The index of a shard (codec {@code sharding_indexed}).
   *
   * @param codecs the list of codecs, which must give the same length for every index
   */
  record ShardIndexEncoding(JsonNode codecs, IndexLocation location) {}
}
