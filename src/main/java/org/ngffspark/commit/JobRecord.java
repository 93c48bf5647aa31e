// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was done to an image, as the image itself tells it: nothing in it differs from one run of a
 * job to the next.
 *
 * @param label name of the masking label image
 * @param transform name or class
 * @param parameters of the transform, defaults included
 * @param options all others that decide about pixels: channels, zoom, ids, level
 * @param version of this product
 * @param input fingerprint of what was read; see {@link Fingerprint}
 * @param result fingerprint of the same and of what was written, after it was written
 */
public record JobRecord(
    String label,
    String transform,
    SortedMap<String, String> parameters,
    SortedMap<String, String> options,
    String version,
    String input,
    String result)
    implements Serializable {

  public JobRecord {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /**
   * Tells jobs apart: two have the same digest if label, transform, parameters and options are the
   * same, whatever the version and the image. 32 hexadecimal digits.
   */
  public String digest() {
    Fingerprint digest = new Fingerprint().add("label", label).add("transform", transform);
    add(digest, "parameter", parameters);
    add(digest, "option", options);
    return digest.hex();
  }

  private static void add(Fingerprint digest, String kind, Map<String, String> values) {
    values.forEach((name, value) -> digest.add(kind + " " + name, value));
  }
}
