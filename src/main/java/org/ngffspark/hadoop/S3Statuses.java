// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ngffspark.zarr.store.KeyStatus;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Looks at many keys of a bucket by lists, each of which tells of up to a thousand keys that follow
 * each other, as long as enough of these are asked for.
 */
final class S3Statuses {
  /** Where a list tells of fewer, single looks side by side are sooner through. */
  private static final int WORTH_A_LIST = 8;

  private final S3Bucket bucket;
  private final TreeSet<String> open;
  private final SortedMap<String, KeyStatus> found = new TreeMap<>();

  /**
   * @param keys in the bucket
   */
  S3Statuses(S3Bucket bucket, Collection<String> keys) {
    this.bucket = bucket;
    this.open = new TreeSet<>(keys);
  }

  /** Looks, by lists, at as many keys as that is worth. */
  void list() {
    // Servers order keys by their bytes, which is the order here for such characters alone.
    boolean ordered = open.stream().allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
    for (int told = WORTH_A_LIST; ordered && told >= WORTH_A_LIST; ) {
      told = open.size() < WORTH_A_LIST ? 0 : listOnce();
    }
  }

  /** Returns of how many keys the list has told, whether they are there or not. */
  private int listOnce() {
    String first = open.first();
    ListObjectsV2Response page =
        bucket.listAfter(common(first, open.last()), first.substring(0, first.length() - 1));
    String last = first;
    for (S3Object each : page.contents()) {
      last = each.key();
      if (open.contains(last)) {
        found.put(last, status(each));
      }
    }
    boolean isAll = !Boolean.TRUE.equals(page.isTruncated());
    int before = open.size();
    if (isAll) {
      open.clear();
    } else {
      open.headSet(last, true).clear();
    }
    return before - open.size();
  }

  /** Times as the answers to other requests have them. */
  private static KeyStatus status(S3Object value) {
    return new KeyStatus(
        value.size(), value.lastModified().truncatedTo(ChronoUnit.SECONDS), value.eTag());
  }

  private static String common(String first, String last) {
    int length = 0;
    while (length < Math.min(first.length(), last.length())
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }

  /** The keys that no list has told of. */
  Collection<String> open() {
    return open;
  }

  /** The keys that are there, of those that lists have told of. */
  SortedMap<String, KeyStatus> found() {
    return found;
  }
}
