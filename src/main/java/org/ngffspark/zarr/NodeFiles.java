// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The metadata files of groups and arrays. Whatever is written here, consolidated metadata that
 * would hold it (of the node and of all groups above it, in the store and around it) is removed
 * before, so that it is never stale, not even after a crash between the two.
 */
final class NodeFiles {
  private static final String GROUP_V2 = ".zgroup";
  private static final String ATTRIBUTES_V2 = ".zattrs";
  private static final String ATTRIBUTES_V3 = "attributes";

  private NodeFiles() {}

  static String array(ZarrFormat format) {
    return switch (format) {
      case V2 -> ArrayJsonV2.FILE;
      case V3 -> ArrayJsonV3.FILE;
      case N5 -> ArrayJsonN5.FILE;
    };
  }

  static String group(ZarrFormat format) {
    return format == ZarrFormat.V2 ? GROUP_V2 : array(format);
  }

  /** Attributes of a node, an empty object if it has none. */
  static ObjectNode attributes(StorePath node, ZarrFormat format) {
    if (format == ZarrFormat.V2) {
      return Json.read(node.child(ATTRIBUTES_V2)).orElseGet(Json::object);
    }
    StorePath file = node.child(array(format));
    ObjectNode content = required(file);
    return format == ZarrFormat.N5 ? ArrayJsonN5.attributes(content) : attributes(content, file);
  }

  /** Attributes in the content of a {@code zarr.json}. */
  static ObjectNode attributes(ObjectNode content, StorePath file) {
    return (ObjectNode) new JsonView(file.toString(), "", content).object(ATTRIBUTES_V3).node();
  }

  static void writeArray(
      StorePath node, ZarrFormat format, ObjectNode content, ObjectNode attributes) {
    removeConsolidated(node, format);
    if (format == ZarrFormat.V2) {
      Json.write(node.child(ATTRIBUTES_V2), attributes);
    }
    // Last, for it is what makes the node an array.
    Json.write(node.child(array(format)), content);
  }

  static void writeGroup(StorePath node, ZarrFormat format, ObjectNode attributes) {
    removeConsolidated(node, format);
    ObjectNode content = Json.object();
    if (format == ZarrFormat.N5) {
      Json.write(
          node.child(ArrayJsonN5.FILE),
          ArrayJsonN5.withAttributes(content, attributes, node.toString()));
      return;
    }
    if (format == ZarrFormat.V2) {
      Json.write(node.child(ATTRIBUTES_V2), attributes);
    } else {
      content.set(ATTRIBUTES_V3, attributes);
    }
    content.put("zarr_format", format.number());
    if (format == ZarrFormat.V3) {
      content.put("node_type", "group");
    }
    Json.write(node.child(group(format)), content);
  }

  /** Replaces the attributes; what else the node's file says stays. */
  static void writeAttributes(StorePath node, ZarrFormat format, ObjectNode attributes) {
    removeConsolidated(node, format);
    if (format == ZarrFormat.V2) {
      Json.write(node.child(ATTRIBUTES_V2), attributes);
      return;
    }
    StorePath file = node.child(array(format));
    synchronized (KeyLocks.of(file)) {
      ObjectNode before =
          format == ZarrFormat.N5 ? Json.read(file).orElseGet(Json::object) : required(file);
      Json.write(
          file,
          format == ZarrFormat.N5
              ? ArrayJsonN5.withAttributes(before, attributes, file.toString())
              : withAttributes(before, attributes));
    }
  }

  private static ObjectNode withAttributes(ObjectNode before, ObjectNode attributes) {
    ObjectNode content = ConsolidatedMetadata.without(before);
    content.set(ATTRIBUTES_V3, attributes);
    return content;
  }

  private static ObjectNode required(StorePath file) {
    return Json.read(file)
        .orElseThrow(() -> new FormatException(file.toString(), "there is no such file"));
  }

  /** N5 has none. */
  private static void removeConsolidated(StorePath node, ZarrFormat format) {
    if (format == ZarrFormat.N5) {
      return;
    }
    Optional<StorePath> current = Optional.of(node);
    while (current.isPresent()) {
      ConsolidatedMetadata.removeFrom(current.get(), format);
      current = parent(current.get());
    }
    OuterGroups.of(node.store()).forEach(group -> ConsolidatedMetadata.removeFrom(group, format));
  }

  private static Optional<StorePath> parent(StorePath node) {
    if (node.path().isEmpty()) {
      return Optional.empty();
    }
    int end = Math.max(node.path().lastIndexOf('/'), 0);
    return Optional.of(new StorePath(node.store(), node.path().substring(0, end)));
  }
}
