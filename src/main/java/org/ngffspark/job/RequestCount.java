// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.io.Serializable;

/**
 * Requests to a bucket for the values of arrays, not for metadata, tables, locks and commits.
 *
 * @param reads of values and of parts of them
 * @param writes of values that wait for the commit
 * @param copies on the server
 * @param heads looks at lengths and tags of values
 * @param lists of the values of an array
 */
public record RequestCount(long reads, long writes, long copies, long heads, long lists)
    implements Serializable {

  /** Of images that lie in no bucket, and where the plan does not tell it. */
  public static final RequestCount NONE = new RequestCount(0, 0, 0, 0, 0);

  public RequestCount plus(RequestCount other) {
    return new RequestCount(
        reads + other.reads,
        writes + other.writes,
        copies + other.copies,
        heads + other.heads,
        lists + other.lists);
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
