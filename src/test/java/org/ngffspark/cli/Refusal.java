// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.ngffspark.servers.Fault;
import org.ngffspark.servers.S3Request;

/** A request that is refused, of the run on one image. */
record Refusal(String image, S3Request.Kind kind, String key, Fault fault) {
  private boolean isMet(S3Request request) {
    return request.kind() == kind && request.path().matches(key);
  }

  Function<S3Request, Optional<Fault>> once() {
    AtomicBoolean first = new AtomicBoolean(true);
    return request ->
        isMet(request) && first.getAndSet(false) ? Optional.of(fault) : Optional.empty();
  }

  /** From that request on all are refused. */
  Function<S3Request, Optional<Fault>> forGood() {
    AtomicBoolean met = new AtomicBoolean();
    return request -> {
      if (isMet(request)) {
        met.set(true);
      }
      return met.get() ? Optional.of(fault) : Optional.empty();
    };
  }
}
