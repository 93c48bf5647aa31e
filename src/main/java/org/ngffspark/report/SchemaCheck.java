// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.StorePath;

/**
 * Checks attributes of groups against JSON schemas of OME-NGFF 0.4, 0.5 and 0.6. The schemas are
 * part of this program; they were written after the text of the specification at
 * https://ngff.openmicroscopy.org, and ask for what it says must be there.
 */
public final class SchemaCheck {
  private static final String OME = "ome";
  private static final String VERSION = "version";
  private static final String OLDEST = "0.4";
  private static final List<String> VERSIONS = List.of(OLDEST, "0.5", "0.6");

  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * What is not as the group's own version of OME-NGFF asks for.
   *
   * @return each breach with its place in the attributes; one if there is no group
   */
  public List<String> breaches(StorePath group) {
    return Group.open(group)
        .map(found -> breaches(found.attributes()))
        .orElseGet(() -> List.of("there is no Zarr group"));
  }

  private List<String> breaches(ObjectNode attributes) {
    boolean nested = attributes.has(OME);
    JsonNode checked = nested ? attributes.path(OME) : attributes;
    String version = nested ? checked.path(VERSION).asText() : OLDEST;
    Optional<String> known = VERSIONS.stream().filter(version::startsWith).findFirst();
    if (known.isEmpty()) {
      return List.of(
          "/" + OME + ": version is '" + version + "', and there are schemas of " + VERSIONS);
    }
    return schemas.computeIfAbsent(known.get(), SchemaCheck::schema).validate(checked).stream()
        .map(error -> text(nested, error))
        .distinct()
        .sorted()
        .toList();
  }

  private static String text(boolean nested, Error error) {
    String place = error.getInstanceLocation().toString();
    return (nested ? "/" + OME : "") + place + ": " + error.getMessage();
  }

  private static Schema schema(String version) {
    try (InputStream text =
        SchemaCheck.class.getResourceAsStream("ngff-" + version + ".schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
