// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ChunkEncoding;
import org.ngffspark.zarr.FillValue;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.StorePath;

/** Makes empty images and label images like a given image. Metadata are written last. */
final class Derivation {
  /** Codecs that are for one number of axes, or one type of elements. */
  private static final List<String> DROPPED =
      List.of(
          "transpose",
          "numcodecs.astype",
          "numcodecs.delta",
          "numcodecs.fixedscaleoffset",
          "numcodecs.packbits");

  private Derivation() {}

  static ImageNode image(ImageNode reference, StorePath target) {
    ImageMetadata metadata = reference.metadata().derived(target.name());
    DerivationPlace.of(target, metadata).clear();
    for (int level = 0; level < metadata.datasets().size(); level++) {
      ZarrArray array = new Multiscale(reference).array(level);
      ZarrArray.create(target.child(metadata.datasets().get(level).path()), array.metadata());
    }
    return ImageNode.create(target, metadata);
  }

  static ImageNode label(ImageNode reference, String name, DataType type) {
    if (!type.isInteger()) {
      throw new IllegalArgumentException("A label image must hold integers, got " + type);
    }
    if (reference.labels().names().contains(name)) {
      throw new IllegalArgumentException(
          "There is a label '" + name + "' in " + reference.path() + " already");
    }
    ImageMetadata metadata = reference.metadata().derivedLabel(name);
    StorePath target = reference.labels().path().child(name);
    DerivationPlace.of(target, metadata).clear();
    OptionalInt channel = reference.metadata().axes().index(AxisName.C);
    for (int level = 0; level < metadata.datasets().size(); level++) {
      ArrayMetadata like = new Multiscale(reference).array(level).metadata();
      ZarrArray.create(
          target.child(metadata.datasets().get(level).path()), ids(like, channel, type));
    }
    ImageNode label = ImageNode.create(target, metadata);
    reference.labels().add(name);
    return label;
  }

  private static ArrayMetadata ids(ArrayMetadata like, OptionalInt channel, DataType type) {
    return new ArrayMetadata(
        like.format(),
        without(like.shape(), channel),
        without(like.chunks(), channel),
        like.shards().map(shards -> without(shards, channel)),
        type,
        FillValue.zero(type),
        encoding(like.encoding(), type),
        like.keys(),
        without(like.dimensionNames(), channel));
  }

  private static Shape without(Shape shape, OptionalInt axis) {
    return Shape.of(
        IntStream.range(0, shape.rank())
            .filter(i -> axis.isEmpty() || i != axis.getAsInt())
            .mapToLong(shape::get)
            .toArray());
  }

  private static List<String> without(List<String> names, OptionalInt axis) {
    return IntStream.range(0, names.size())
        .filter(i -> axis.isEmpty() || i != axis.getAsInt())
        .mapToObj(names::get)
        .toList();
  }

  /** The same codecs, without filters that are for one type, and for the width of the new type. */
  private static ChunkEncoding encoding(ChunkEncoding like, DataType type) {
    if (like instanceof ChunkEncoding.V3 v3) {
      return new ChunkEncoding.V3(codecs(v3.codecs(), type), v3.index());
    }
    if (like instanceof ChunkEncoding.N5) {
      return like;
    }
    ChunkEncoding.V2 v2 = (ChunkEncoding.V2) like;
    JsonNode compressor = v2.compressor().deepCopy();
    adaptWidth(compressor, type);
    return new ChunkEncoding.V2(v2.byteOrder(), v2.order(), compressor, NullNode.getInstance());
  }

  private static ArrayNode codecs(JsonNode like, DataType type) {
    ArrayNode codecs = JsonNodeFactory.instance.arrayNode();
    for (JsonNode each : like) {
      JsonNode codec = named(each);
      if (DROPPED.stream().noneMatch(name -> isNamed(codec, name))) {
        codecs.add(codec);
        if (codec instanceof ObjectNode object) {
          adapt(object, type);
        }
      }
    }
    return codecs;
  }

  /** A codec without configuration may be its name alone. */
  private static JsonNode named(JsonNode codec) {
    return codec.isTextual()
        ? JsonNodeFactory.instance.objectNode().put("name", codec.asText())
        : codec.deepCopy();
  }

  private static void adapt(ObjectNode codec, DataType type) {
    if (isNamed(codec, "bytes") && type.bytes() > 1) {
      codec.withObjectProperty("configuration").put("endian", "little");
    }
    if (isNamed(codec, "blosc")) {
      codec.withObjectProperty("configuration").put("typesize", type.bytes());
    }
    adaptWidth(codec.path("configuration"), type);
  }

  private static void adaptWidth(JsonNode settings, DataType type) {
    for (String width : List.of("typesize", "elementsize")) {
      if (settings instanceof ObjectNode object && object.has(width)) {
        object.put(width, type.bytes());
      }
    }
  }

  private static boolean isNamed(JsonNode codec, String name) {
    return codec.path("name").asText().equals(name);
  }
}
