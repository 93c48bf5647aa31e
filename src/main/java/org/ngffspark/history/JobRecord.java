// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What was done to an image, as the image itself tells it: nothing in it differs from one run of a
 * job to the next.
 *
 * @param job label, transform, parameters and all else that decides about pixels
 * @param besides what else a command must say to do it again, by names of {@link Besides}; two jobs
 *     that differ in this alone are the same
 * @param version of this product
 * @param input fingerprint of what the job reads, as it was
 * @param result fingerprint of the same after the job
 */
public record JobRecord(
    ObjectNode job, ObjectNode besides, String version, String input, String result) {

  /** Field of a job with the image that it read, as seen from the one that has the record. */
  public static final String SOURCE = "source";

  /** What {@link #SOURCE} says of a job that changed the image that it read. */
  public static final String ITSELF = ".";

  public JobRecord {
    job = job.deepCopy();
    besides = besides.deepCopy();
  }

  /** Of a job that its command says wholly. */
  public JobRecord(ObjectNode job, String version, String input, String result) {
    this(job, JsonNodeFactory.instance.objectNode(), version, input, result);
  }

  /** Whether the job changed the image that it read. */
  boolean isInPlace() {
    return job.path(SOURCE).asText(ITSELF).equals(ITSELF);
  }

  /**
   * Tells jobs apart: two have the same digest if their descriptions are the same, whatever the
   * version and the image. 32 hexadecimal digits.
   */
  public String digest() {
    return digest(job);
  }

  /** The digest of a job with this description. */
  public static String digest(ObjectNode job) {
    return new Fingerprint().add("job", job.toString()).hex();
  }
}
