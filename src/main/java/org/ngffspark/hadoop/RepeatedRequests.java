// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Counts the answers that asked for fewer requests: the client pauses longer after each and sends
 * the request again. Thread-safe.
 */
final class RepeatedRequests implements MetricPublisher {
  /** Too many requests; slow down. */
  private static final Set<Integer> THROTTLED = Set.of(429, 503);

  private final LongAdder count = new LongAdder();

  @Override
  public void publish(MetricCollection call) {
    call.children().stream()
        .flatMap(attempt -> attempt.metricValues(HttpMetric.HTTP_STATUS_CODE).stream())
        .filter(THROTTLED::contains)
        .forEach(status -> count.increment());
  }

  long count() {
    return count.sum();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
