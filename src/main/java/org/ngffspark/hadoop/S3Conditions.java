// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.StoreConditions;
import org.ngffspark.zarr.store.StoreException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Conditional requests of S3, and times by the clock of the server. */
final class S3Conditions implements StoreConditions {
  private final S3Store store;

  S3Conditions(S3Store store) {
    this.store = store;
  }

  @Override
  public Optional<Seen> look(String key) {
    return store
        .bucket()
        .get(store.object(key), "", response -> {}, BufferSource.heap())
        .map(answer -> new Seen(answer.bytes(), answer.response().eTag(), age(answer.response())));
  }

  /** Both times are the server's. */
  private static Duration age(GetObjectResponse answer) {
    Instant now =
        answer
            .sdkHttpResponse()
            .firstMatchingHeader("Date")
            .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
            .map(ZonedDateTime::toInstant)
            .orElseGet(Instant::now);
    Duration age = Duration.between(answer.lastModified(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  @Override
  public boolean create(String key, ByteBuffer value) {
    return store.bucket().putIfAbsent(store.object(key), value) || isThere(key, value);
  }

  /** The client asks again if an answer got lost, and is refused because of its own first try. */
  private boolean isThere(String key, ByteBuffer value) {
    return look(key).filter(seen -> seen.value().equals(value)).isPresent();
  }

  @Override
  public boolean replace(String key, String version, ByteBuffer value) {
    return store.bucket().putIfSeen(store.object(key), value, version);
  }

  @Override
  public void remove(String key, String version) {
    if (isThere(key, version)
        && !store.bucket().deleteIf(store.object(key), version)
        && isThere(key, version)) {
      throw new StoreException(
          "delete",
          store.bucket().location(store.object(key)),
          "the server says that it was changed meanwhile, and it was not");
    }
  }

  private boolean isThere(String key, String version) {
    return store.status(key).filter(status -> status.version().equals(version)).isPresent();
  }
}
