// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.ngffspark.job.TransformSpec.TableChoice;
import org.ngffspark.job.TransformSpec.Target;

/**
 * What was run on an image, as its attributes tell people and later runs. Holds nothing that
 * differs from run to run, so the same job writes the same bytes.
 */
public final class JobRecord {
  /** The attribute that holds it. */
  public static final String ATTRIBUTE = "ngff-spark";

  private static final String DIGEST = "digest";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode json;

  private JobRecord(ObjectNode json) {
    this.json = json;
  }

  /**
   * The record of a job on one image.
   *
   * @param source the image that is read, as seen from the one that is written
   * @param version of the product
   */
  public static JobRecord of(TransformSpec spec, String source, String version) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version);
    json.put("source", source);
    json.put("label", spec.labelName());
    json.put("transform", spec.transformName());
    ObjectNode parameters = json.putObject("parameters");
    spec.parameters().forEach(parameters::put);
    if (spec.target() instanceof Target.OfImage image) {
      image.channels().forEach(json.putArray("channels")::add);
    } else if (spec.target() instanceof Target.OfLabel label) {
      json.put("on_label", label.name());
    }
    json.put("level", spec.target().level());
    json.put("zoom", spec.zoom());
    json.put("ids", spec.labels().toString());
    json.put("write", spec.write().name().toLowerCase(java.util.Locale.ROOT));
    json.put("pyramid", spec.pyramid().name().toLowerCase(java.util.Locale.ROOT));
    json.put("on_error", spec.onError().name().toLowerCase(java.util.Locale.ROOT));
    if (spec.table() instanceof TableChoice.Named table) {
      json.put("table", table.name());
    }
    json.put(DIGEST, digest(json));
    return new JobRecord(json);
  }

  private static String digest(ObjectNode json) {
    try {
      byte[] text = JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The record that attributes hold; empty if they hold none. */
  static Optional<JobRecord> in(ObjectNode attributes) {
    return Optional.of(attributes.path(ATTRIBUTE))
        .filter(ObjectNode.class::isInstance)
        .map(node -> new JobRecord((ObjectNode) node));
  }

  /** Puts it into attributes, in place of an older one. */
  void putInto(ObjectNode attributes) {
    attributes.set(ATTRIBUTE, json.deepCopy());
  }

  /** Whether both are of the same job: same input, label, transform, options and version. */
  public boolean isSameJob(JobRecord other) {
    return json.path(DIGEST).equals(other.json.path(DIGEST)) && json.has(DIGEST);
  }

  /** The transform and its parameters, for messages. */
  @Override
  public String toString() {
    return json.path("transform").asText() + " " + json.path("parameters");
  }
}
