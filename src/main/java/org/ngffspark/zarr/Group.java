// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * A group of a Zarr or N5 hierarchy with its attributes. A folder of N5 without attributes is a
 * group there, and none here; a data set of N5 is a group with the fields of an array, which are
 * none of its attributes. Consolidated metadata is never read. Changing a group's or an array's
 * metadata through this package removes consolidated metadata that holds it, here and in the groups
 * above, those around the root of a local store too.
 */
public final class Group {
  private final StorePath path;
  private final ZarrFormat format;
  private final boolean isDataSet;
  private volatile ObjectNode attributes;

  private Group(StorePath path, ZarrFormat format, ObjectNode attributes) {
    this(path, format, attributes, false);
  }

  private Group(StorePath path, ZarrFormat format, ObjectNode attributes, boolean isDataSet) {
    this.path = path;
    this.format = format;
    this.attributes = attributes.deepCopy();
    this.isDataSet = isDataSet;
  }

  /**
   * Opens a group of any format; {@code zarr.json} is looked for first, then {@code .zgroup}.
   *
   * @return empty if there is no group, or an array of Zarr
   * @throws FormatException if its metadata is wrong
   */
  public static Optional<Group> open(StorePath path) {
    return open(path, ZarrFormat.V3)
        .or(() -> open(path, ZarrFormat.V2))
        .or(() -> open(path, ZarrFormat.N5));
  }

  /**
   * Opens a group whose format is known: one request, but two in v2.
   *
   * @return empty if there is no group of that format, or an array of Zarr
   * @throws FormatException if its metadata is wrong
   */
  public static Optional<Group> open(StorePath path, ZarrFormat format) {
    StorePath file = path.child(NodeFiles.group(format));
    Optional<ObjectNode> content = Json.read(file);
    if (format == ZarrFormat.N5) {
      return content.map(
          node -> new Group(path, format, ArrayJsonN5.attributes(node), ArrayJsonN5.isArray(node)));
    }
    content.ifPresent(
        node ->
            new JsonView(file.toString(), "", node)
                .require("zarr_format")
                .requireNumber(format.number()));
    if (format == ZarrFormat.V2) {
      return content.map(node -> new Group(path, format, NodeFiles.attributes(path, format)));
    }
    return content
        .filter(node -> isGroup(new JsonView(file.toString(), "", node)))
        .map(node -> new Group(path, format, NodeFiles.attributes(node, file)));
  }

  private static boolean isGroup(JsonView fields) {
    return fields.require("node_type").oneOf(List.of("group", "array")).equals("group");
  }

  /** A folder of N5 that has no attributes yet; nothing is read or written. */
  public static Group withoutAttributes(StorePath path) {
    return new Group(path, ZarrFormat.N5, Json.object());
  }

  /** A group without attributes; metadata that lies there is replaced. */
  public static Group create(StorePath path, ZarrFormat format) {
    return create(path, format, Json.object());
  }

  /** A group with these attributes; metadata that lies there is replaced. */
  public static Group create(StorePath path, ZarrFormat format, ObjectNode attributes) {
    NodeFiles.writeGroup(path, format, attributes);
    return new Group(path, format, attributes);
  }

  public StorePath path() {
    return path;
  }

  public ZarrFormat format() {
    return format;
  }

  /** Whether it is a data set of N5. */
  public boolean isDataSet() {
    return isDataSet;
  }

  /** A copy of the attributes as they were read or last written through this object. */
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }

  /** Replaces the attributes; what else the group's file says stays. */
  public void writeAttributes(ObjectNode replacement) {
    NodeFiles.writeAttributes(path, format, replacement);
    attributes = replacement.deepCopy();
  }

  @Override
  public String toString() {
    return "group " + path;
  }
}
