// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.n5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * What a user says of data sets of N5 that do not tell it themselves: those of an image, and of its
 * label images, which have its axes without c.
 *
 * @param axes names from the slowest to the fastest; empty if nothing is said of them
 * @param pixelSize micrometres, of some of z, y and x; empty if nothing is said of it
 */
public record DataSetDescription(List<String> axes, Map<AxisName, Double> pixelSize)
    implements Serializable {
  public static final DataSetDescription NONE = new DataSetDescription(List.of(), Map.of());

  private static final String AXES = "axes";
  private static final String TRANSFORM = "transform";
  private static final String RESOLUTION = "pixelResolution";
  private static final List<AxisName> SPACE = List.of(AxisName.X, AxisName.Y, AxisName.Z);

  /**
   * @throws IllegalArgumentException if the axes are none of an image, or a size is not above 0 or
   *     of another axis than z, y and x
   */
  public DataSetDescription {
    axes = List.copyOf(axes);
    if (!axes.isEmpty()) {
      Axes.of(axes.toArray(String[]::new));
    }
    pixelSize = Map.copyOf(pixelSize);
    pixelSize.forEach(
        (axis, size) -> {
          if (!SPACE.contains(axis) || !(size > 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException(
                "Pixel sizes are micrometres above 0 of z, y and x, got " + axis + "=" + size);
          }
        });
  }

  /**
   * From texts of users.
   *
   * @param axes as {@code z,y,x}; empty if nothing is said
   * @param pixelSize micrometres of y and x, {@code 0.325}, or of each axis: {@code z=1,y=0.5,
   *     x=0.5}; empty if nothing is said
   * @throws IllegalArgumentException if a text is no such
   */
  public static DataSetDescription parse(String axes, String pixelSize) {
    return new DataSetDescription(
        axes.isEmpty() ? List.of() : Stream.of(axes.split(",", -1)).map(String::strip).toList(),
        pixelSize.isEmpty() ? Map.of() : sizes(pixelSize));
  }

  private static Map<AxisName, Double> sizes(String text) {
    Map<AxisName, Double> sizes = new EnumMap<>(AxisName.class);
    try {
      for (String item : text.split(",", -1)) {
        int equals = item.indexOf('=');
        double size = Double.parseDouble(item.substring(equals + 1));
        List<AxisName> named =
            equals < 0
                ? List.of(AxisName.Y, AxisName.X)
                : AxisName.ofNgffName(item.substring(0, equals).strip()).stream().toList();
        if (named.isEmpty() || named.stream().anyMatch(axis -> sizes.put(axis, size) != null)) {
          throw new IllegalArgumentException("an axis is none, or comes twice");
        }
      }
      return sizes;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "Pixel size must be micrometres of y and x, or of each axis, as 0.325 or"
              + " z=1,y=0.325,x=0.325; got '"
              + text
              + "'",
          wrong);
    }
  }

  /** What is said of the data sets that a store shows. */
  public static DataSetDescription in(Store store) {
    return store instanceof DescribedStore described ? described.description() : NONE;
  }

  /**
   * What a data set tells of itself, for others that have its pixels; nothing if it tells nothing,
   * or sizes in other units than micrometres.
   *
   * @param attributes of the data set
   * @throws org.ngffspark.zarr.store.FormatException if what they say is wrong
   */
  public static DataSetDescription told(StorePath dataSet, ObjectNode attributes) {
    return N5Image.ofDataSet(dataSet, attributes)
        .map(ome -> told(ome.path(N5Image.MULTISCALES).path(0)))
        .orElse(NONE);
  }

  private static DataSetDescription told(JsonNode multiscale) {
    JsonNode level = multiscale.path("datasets").path(0);
    JsonNode scale = level.path(N5Image.TRANSFORMATIONS).path(0).path("scale");
    List<String> names = new ArrayList<>();
    Map<AxisName, Double> sizes = new EnumMap<>(AxisName.class);
    for (JsonNode axis : multiscale.path(AXES)) {
      String name = axis.path("name").asText();
      double size = scale.path(names.size()).asDouble();
      Optional<AxisName> inSpace = AxisName.ofNgffName(name).filter(SPACE::contains);
      if (inSpace.isPresent() && !axis.path("unit").asText().equals("micrometer")) {
        return NONE;
      }
      inSpace.ifPresent(of -> sizes.put(of, size));
      names.add(name);
    }
    return new DataSetDescription(names, sizes);
  }

  /** Whether nothing is said. */
  public boolean isEmpty() {
    return axes.isEmpty() && pixelSize.isEmpty();
  }

  /** An image in a store that shows its data sets so described; nothing is read yet. */
  public StorePath of(StorePath image) {
    return isEmpty() ? image : new StorePath(new DescribedStore(image, this), image.path());
  }

  /**
   * The content of {@code attributes.json} of a data set with what it does not tell itself.
   *
   * @param content with its {@code dimensions}
   */
  ObjectNode complete(ObjectNode content) {
    ObjectNode complete = content.deepCopy();
    if (content.has(TRANSFORM)) {
      return complete;
    }
    List<String> names = ofRank(content.path("dimensions").size());
    if (!names.isEmpty() && !content.has(AXES)) {
      ArrayNode fromFastest = complete.putArray(AXES);
      names.forEach(name -> fromFastest.insert(0, name));
    }
    if (!pixelSize.isEmpty() && !content.has(RESOLUTION) && !content.has("resolution")) {
      ObjectNode resolution = complete.putObject(RESOLUTION).put("unit", "um");
      ArrayNode fromX = resolution.putArray("dimensions");
      SPACE.forEach(axis -> fromX.add(pixelSize.getOrDefault(axis, 1.0)));
    }
    return complete;
  }

  /** The axes of a data set with so many; empty if it has others. */
  private List<String> ofRank(int rank) {
    List<String> names = new ArrayList<>(axes);
    if (names.size() == rank + 1) {
      names.remove(AxisName.C.ngffName());
    }
    return names.size() == rank ? names : List.of();
  }
}
