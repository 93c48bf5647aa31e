// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of manifests, checked against the schema that docs promise. */
final class ManifestLines {
  private static final Path SCHEMA = Path.of("docs/manifest.schema.json");

  private ManifestLines() {}

  static List<JsonNode> read(Path manifest) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(manifest)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  static void requireValid(JsonNode line) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA));
    assertThat(schema.validate(line)).as(line.toString()).isEmpty();
  }
}
