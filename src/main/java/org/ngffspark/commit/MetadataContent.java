// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.ngffspark.zarr.ConsolidatedMetadata;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.FormatException;

/**
 * The part of a metadata file that a run goes by: all of it, but for attributes of groups that
 * OME-NGFF does not know, and copies of other metadata.
 */
final class MetadataContent {
  private static final String ATTRIBUTES = "attributes";

  /** Names of attributes of groups by OME-NGFF 0.4 and 0.5, and our own. */
  private static final Set<String> KNOWN =
      Set.of(
          "multiscales",
          "omero",
          "labels",
          "image-label",
          "plate",
          "well",
          "bioformats2raw.layout",
          "series",
          "ome",
          "ngff-spark");

  /** Lists of names, to which others may add. */
  private static final Set<String> GROWING = Set.of("labels", "tables");

  private final String key;
  private final ObjectNode content;

  private MetadataContent(String key, ObjectNode content) {
    this.key = key;
    this.content = content;
  }

  /**
   * @param key of the file, for messages
   * @param bytes of the file; what is no JSON object has a field that says so
   */
  static MetadataContent of(String key, ByteBuffer bytes) {
    return new MetadataContent(key, relevant(parsed(key, bytes)));
  }

  private static ObjectNode parsed(String key, ByteBuffer bytes) {
    try {
      return Json.parseObject(bytes, key);
    } catch (FormatException damaged) {
      return Json.object().put("damaged", damaged.getMessage());
    }
  }

  private static ObjectNode relevant(ObjectNode json) {
    ObjectNode rest = ConsolidatedMetadata.without(json);
    if (rest.get(ATTRIBUTES) instanceof ObjectNode attributes) {
      removeUnknown(attributes);
    } else {
      removeUnknown(rest);
    }
    return rest;
  }

  private static void removeUnknown(ObjectNode attributes) {
    if (KNOWN.stream().noneMatch(attributes::has)) {
      return;
    }
    Iterator<String> names = attributes.fieldNames();
    while (names.hasNext()) {
      if (!KNOWN.contains(names.next())) {
        names.remove();
      }
    }
  }

  /** What is different in a later state of the same file, for messages; empty if nothing is. */
  Optional<String> difference(MetadataContent later) {
    return difference(content, later.content, "");
  }

  private Optional<String> difference(ObjectNode before, ObjectNode now, String path) {
    Set<String> names = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .flatMap(name -> difference(name, before.path(name), now.path(name), path).stream())
        .findFirst();
  }

  private Optional<String> difference(String name, JsonNode before, JsonNode now, String path) {
    String field = path.isEmpty() ? name : path + "/" + name;
    if (before.equals(now) || (GROWING.contains(name) && holdsAll(now, before))) {
      return Optional.empty();
    }
    if (before instanceof ObjectNode old && now instanceof ObjectNode fresh) {
      return difference(old, fresh, field);
    }
    return Optional.of(
        "'%s' in %s was %s and is %s"
            .formatted(field, key, MetadataMerge.shown(before), MetadataMerge.shown(now)));
  }

  private static boolean holdsAll(JsonNode list, JsonNode elements) {
    return list.isArray()
        && elements.isArray()
        && StreamSupport.stream(elements.spliterator(), false)
            .allMatch(
                element ->
                    StreamSupport.stream(list.spliterator(), false).anyMatch(element::equals));
  }
}
