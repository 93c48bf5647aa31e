// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.LevelOrigins;
import org.ngffspark.zarr.nd.Box;

/**
 * Which pixels of an image are copied, and as what.
 *
 * @param channels by index, label or wavelength, in the order that the copy gets; empty for all
 * @param levels from the finest on, of the image and of its label images; 0 for all
 * @param crop the part that is copied, of label images and tables of regions too
 */
public record PixelChoice(List<String> channels, int levels, TypeChange type, Crop crop)
    implements Serializable {

  private static final List<String> BOUNDS = List.of("min", "max", "start", "end");

  /**
   * @throws IllegalArgumentException if the number of levels is below 0
   */
  public PixelChoice {
    channels = List.copyOf(channels);
    if (levels < 0) {
      throw new IllegalArgumentException("An image has at least one level, got " + levels);
    }
  }

  /**
   * The channels that are copied; all of an image without a channel axis.
   *
   * @throws IllegalArgumentException if one is not there; the message lists those that are
   */
  int[] channels(Container container) {
    return channels.isEmpty()
        ? IntStream.range(0, container.image().channels().size()).toArray()
        : container.image().indices(ChannelSelection.named(channels));
  }

  /**
   * How many levels of an image are copied.
   *
   * @throws IllegalArgumentException if an image has fewer than are asked for
   */
  int levels(int there, String image) {
    if (levels > there) {
      throw new IllegalArgumentException(
          "%s has %d levels, got --levels %d; ask for fewer, and make more of the copy with pyramid"
              .formatted(image, there, levels));
    }
    return levels == 0 ? there : levels;
  }

  /**
   * How many levels of a label image are copied; one that has fewer than are asked for gives all.
   */
  int labelLevels(int there) {
    return levels == 0 ? there : Math.min(levels, there);
  }

  /**
   * Leaves in the metadata of an image or label image the levels that are copied, and says where
   * they lie.
   *
   * @param boxes what is copied of each, in pixels of the level, axes as on disk
   */
  void changeLevels(ObjectNode ome, List<Box> boxes) {
    if (levels > 0 && ome.path("multiscales").path(0).path("datasets") instanceof ArrayNode all) {
      while (all.size() > levels) {
        all.remove(all.size() - 1);
      }
    }
    if (!crop.isAll()) {
      LevelOrigins.move(ome, boxes);
    }
  }

  /**
   * Leaves in the metadata of an image what is copied, and says how it is shown in its type.
   *
   * @param indices of the channels that are copied
   * @param boxes as in {@link #changeLevels}
   */
  void changeImage(ObjectNode ome, int[] indices, List<Box> boxes) {
    changeLevels(ome, boxes);
    if (ome.path("omero").path("channels") instanceof ArrayNode listed) {
      List<JsonNode> before = IntStream.range(0, listed.size()).mapToObj(listed::get).toList();
      if (!channels.isEmpty()) {
        listed.removeAll();
        IntStream.of(indices)
            .filter(index -> index < before.size())
            .forEach(index -> listed.add(before.get(index)));
      }
      listed.forEach(channel -> rescale(channel.path("window")));
    }
  }

  private void rescale(JsonNode window) {
    if (type instanceof TypeChange.Rescaled && window instanceof ObjectNode bounds) {
      BOUNDS.stream()
          .filter(bound -> bounds.path(bound).isNumber())
          .forEach(bound -> bounds.put(bound, type.value(bounds.get(bound).doubleValue())));
    }
  }
}
