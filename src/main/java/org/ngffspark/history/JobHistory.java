// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The jobs that were committed to an image, first to last: the field {@code ngff-spark} of its
 * attributes.
 */
public record JobHistory(List<JobRecord> jobs) {
  /** Name of the field among the attributes of the container. */
  public static final String FIELD = "ngff-spark";

  private static final String BESIDE = "../";
  private static final String JOBS = "jobs";
  private static final String JOB = "job";
  private static final String BESIDES = "besides";
  private static final String VERSION = "version";
  private static final String INPUT = "input";
  private static final String RESULT = "result";
  private static final String DIGEST = "digest";

  public JobHistory {
    jobs = List.copyOf(jobs);
  }

  /**
   * Reads the history of a group; empty if there is no group.
   *
   * @throws FormatException if its metadata are wrong
   */
  public static Optional<JobHistory> of(StorePath group) {
    return Group.open(group).map(found -> from(found.attributes(), group.toString()));
  }

  /**
   * Reads the history from the attributes of a container; empty if they have none.
   *
   * @param location of the attributes, for messages
   * @throws FormatException if it is not as {@link #addTo} writes it
   */
  public static JobHistory from(ObjectNode attributes, String location) {
    JsonNode field = attributes.path(FIELD);
    if (field.isMissingNode()) {
      return new JobHistory(List.of());
    }
    if (!field.path(JOBS).isArray()) {
      throw new FormatException(location, FIELD + "." + JOBS + " must be a list, got " + field);
    }
    List<JobRecord> jobs = new ArrayList<>();
    field.path(JOBS).forEach(job -> jobs.add(job(job, location)));
    return new JobHistory(jobs);
  }

  private static JobRecord job(JsonNode json, String location) {
    if (!(json.path(JOB) instanceof ObjectNode job)) {
      throw wrong(JOB, "an object", json, location);
    }
    JsonNode besides = json.path(BESIDES);
    if (!besides.isMissingNode() && !besides.isObject()) {
      throw wrong(BESIDES, "an object", json, location);
    }
    return new JobRecord(
        job,
        besides instanceof ObjectNode given ? given : job.objectNode(),
        text(json, VERSION, location),
        text(json, INPUT, location),
        text(json, RESULT, location));
  }

  private static String text(JsonNode json, String field, String location) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw wrong(field, "a string", json, location);
    }
    return value.asText();
  }

  private static FormatException wrong(
      String field, String expected, JsonNode json, String location) {
    String name = FIELD + "." + JOBS + "[]." + field;
    return new FormatException(location, name + " must be " + expected + ", got " + json);
  }

  /** This history and one more job. */
  public JobHistory with(JobRecord job) {
    List<JobRecord> all = new ArrayList<>(jobs);
    all.add(job);
    return new JobHistory(all);
  }

  /** A copy of the attributes with this history in place of theirs. */
  public ObjectNode addTo(ObjectNode attributes) {
    ObjectNode copy = attributes.deepCopy();
    ArrayNode list = copy.putObject(FIELD).putArray(JOBS);
    jobs.forEach(job -> write(job, list.addObject()));
    return copy;
  }

  private static void write(JobRecord job, ObjectNode json) {
    json.put(VERSION, job.version()).set(JOB, job.job());
    if (!job.besides().isEmpty()) {
      json.set(BESIDES, job.besides());
    }
    json.put(INPUT, job.input()).put(RESULT, job.result()).put(DIGEST, job.digest());
  }

  /** The job that was committed last. */
  public Optional<JobRecord> last() {
    return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.get(jobs.size() - 1));
  }

  /** Whether a job made the image from another one. */
  public boolean isDerived() {
    return !jobs.isEmpty() && !jobs.get(0).isInPlace();
  }

  /** Whether a job made what has the record, where there was nothing before. */
  public boolean isMade() {
    return !jobs.isEmpty()
        && !jobs.get(0).job().path(JobRecord.SOURCE).asText().equals(JobRecord.ITSELF);
  }

  /** Name of the image beside it that a job made it from; empty if that lies elsewhere. */
  public Optional<String> sibling() {
    return jobs.stream()
        .limit(1)
        .map(job -> job.job().path(JobRecord.SOURCE).asText())
        .filter(source -> source.startsWith(BESIDE))
        .map(source -> source.substring(BESIDE.length()))
        .findFirst();
  }

  /** Whether a job with this digest was ever committed. */
  public boolean contains(String digest) {
    return jobs.stream().anyMatch(each -> each.digest().equals(digest));
  }
}
