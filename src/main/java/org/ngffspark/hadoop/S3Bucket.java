// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.StoreException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Requests to one bucket, each method one of them unless it says so, by the client that S3A has
 * configured: its endpoint, credentials, and retries with growing pauses.
 */
final class S3Bucket {
  private static final String OCTETS = "application/octet-stream";
  private static final int DELETED_AT_ONCE = 1000;
  private static final int READS = 4;
  private static final int CONFLICTS = 10;
  private static final long PAUSE_NANOS = 20_000_000;

  private final S3Client client;
  private final String bucket;
  private final RepeatedRequests repeated = new RepeatedRequests();
  private final AwsRequestOverrideConfiguration counted =
      AwsRequestOverrideConfiguration.builder().addMetricPublisher(repeated).build();

  S3Bucket(S3AFileSystem files) {
    this.client = files.getS3AInternals().getAmazonS3Client("ngff-spark");
    this.bucket = files.getBucket();
  }

  /** How many requests the client has sent again because the server asked for fewer. */
  long requestsRepeated() {
    return repeated.count();
  }

  String location(String key) {
    return "s3a://" + bucket + "/" + key;
  }

  private interface Request<T> {
    T send();
  }

  private <T> T send(String operation, String key, Request<T> request) {
    try {
      return request.send();
    } catch (SdkException e) {
      throw S3Failure.of(operation, location(key), e);
    }
  }

  /** As {@link #send}; empty if there is no such key. */
  private <T> Optional<T> find(String operation, String key, Request<T> request) {
    return send(
        operation,
        key,
        () -> {
          try {
            return Optional.of(request.send());
          } catch (SdkException e) {
            if (S3Failure.isMissing(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** An answer to a read, and the bytes that it brought. */
  record Answer(GetObjectResponse response, ByteBuffer bytes) {}

  /**
   * Reads a value, or the bytes of it that lie in a range. An answer that breaks off is asked for
   * again.
   *
   * @param range as HTTP writes it; empty for all
   * @return empty if there is no such key
   */
  Optional<Answer> get(
      String key, String range, Consumer<GetObjectResponse> check, BufferSource buffers) {
    BufferSource once = new OneBuffer(buffers)::take;
    for (int attempt = 1; ; attempt++) {
      try {
        return find("read", key, () -> open(key, range)).map(in -> drain(in, check, once));
      } catch (BrokenOff e) {
        if (attempt == READS) {
          throw new StoreException("read", location(key), e.getCause());
        }
      }
    }
  }

  private ResponseInputStream<GetObjectResponse> open(String key, String range) {
    try {
      return client.getObject(
          request -> {
            request.bucket(bucket).key(key).overrideConfiguration(counted);
            if (!range.isEmpty()) {
              request.range(range);
            }
          });
    } catch (SdkException e) {
      if (S3Failure.isNoSuchRange(e)) {
        throw new NoSuchRange(e);
      }
      throw e;
    }
  }

  /** The value does not have the bytes that were asked for. */
  static final class NoSuchRange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchRange(SdkException cause) {
      super(cause);
    }
  }

  /** An answer ended before its time. */
  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenOff(IOException cause) {
      super(cause);
    }
  }

  private static Answer drain(
      ResponseInputStream<GetObjectResponse> in,
      Consumer<GetObjectResponse> check,
      BufferSource buffers) {
    try {
      check.accept(in.response());
      int length = Math.toIntExact(in.response().contentLength());
      ByteBuffer buffer = buffers.take(length);
      int read = in.readNBytes(buffer.array(), buffer.arrayOffset(), length);
      if (read < length) {
        throw new IOException("the answer of " + length + " bytes broke off after " + read);
      }
      in.close();
      return new Answer(in.response(), buffer.position(0).limit(length));
    } catch (IOException e) {
      in.abort();
      throw new BrokenOff(e);
    } catch (RuntimeException e) {
      in.abort();
      throw e;
    }
  }

  /** Asks for memory once, whatever has to be read again. */
  private static final class OneBuffer {
    private final BufferSource source;
    private Optional<ByteBuffer> taken = Optional.empty();
    private long length;

    OneBuffer(BufferSource source) {
      this.source = source;
    }

    ByteBuffer take(long wanted) {
      if (taken.isPresent() && length != wanted) {
        throw new IllegalStateException("The value changed while it was read");
      }
      if (taken.isEmpty()) {
        length = wanted;
        taken = Optional.of(source.take(wanted));
      }
      return taken.get();
    }
  }

  Optional<HeadObjectResponse> head(String key) {
    return find(
        "look at",
        key,
        () ->
            client.headObject(
                request -> request.bucket(bucket).key(key).overrideConfiguration(counted)));
  }

  void put(String key, ByteBuffer value) {
    send("write", key, () -> write(key, value, counted));
  }

  /**
   * Writes a value if there is none.
   *
   * @return whether there was none
   */
  boolean putIfAbsent(String key, ByteBuffer value) {
    return send("write", key, () -> writeIf(key, value, with("If-None-Match", "*")));
  }

  /**
   * Writes a value in place of one that has this tag. Servers that say that they do not know the
   * condition write it whatever is there.
   *
   * @return whether it had
   */
  boolean putIfSeen(String key, ByteBuffer value, String tag) {
    return send(
        "write",
        key,
        () -> {
          try {
            return writeIf(key, value, with("If-Match", tag));
          } catch (SdkException e) {
            if (S3Failure.isMissing(e)) {
              return false;
            }
            if (!S3Failure.isUnknown(e)) {
              throw e;
            }
            write(key, value, counted);
            return true;
          }
        });
  }

  private boolean writeIf(String key, ByteBuffer value, AwsRequestOverrideConfiguration condition) {
    for (int attempt = 1; ; attempt++) {
      try {
        write(key, value, condition);
        return true;
      } catch (SdkException e) {
        if (S3Failure.isNotAsSeen(e)) {
          return false;
        }
        if (!S3Failure.isConflict(e) || attempt == CONFLICTS) {
          throw e;
        }
      }
      LockSupport.parkNanos(attempt * PAUSE_NANOS);
    }
  }

  private PutObjectResponse write(
      String key, ByteBuffer value, AwsRequestOverrideConfiguration configuration) {
    return client.putObject(
        request -> request.bucket(bucket).key(key).overrideConfiguration(configuration),
        body(value));
  }

  /** As a header, since older versions of the SDK have no name for it. */
  private AwsRequestOverrideConfiguration with(String header, String tag) {
    return counted.toBuilder().putHeader(header, tag).build();
  }

  private static RequestBody body(ByteBuffer value) {
    byte[] array = value.hasArray() ? value.array() : copy(value);
    int offset = value.hasArray() ? value.arrayOffset() + value.position() : 0;
    return RequestBody.fromContentProvider(
        ContentStreamProvider.fromInputStreamSupplier(
            () -> new ByteArrayInputStream(array, offset, value.remaining())),
        value.remaining(),
        OCTETS);
  }

  private static byte[] copy(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  /** Copies a value on the server. */
  void copy(String from, String to) {
    send(
        "copy " + location(from) + " to",
        to,
        () ->
            client.copyObject(
                request ->
                    request
                        .sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to)
                        .overrideConfiguration(counted)));
  }

  void delete(String key) {
    send(
        "delete",
        key,
        () ->
            client.deleteObject(
                request -> request.bucket(bucket).key(key).overrideConfiguration(counted)));
  }

  /**
   * Deletes a value if it has this tag, on servers that look at the condition.
   *
   * @return whether it had, or is gone
   */
  boolean deleteIf(String key, String tag) {
    return send(
        "delete",
        key,
        () -> {
          try {
            client.deleteObject(
                request ->
                    request.bucket(bucket).key(key).overrideConfiguration(with("If-Match", tag)));
            return true;
          } catch (SdkException e) {
            if (S3Failure.isNotAsSeen(e)) {
              return false;
            }
            if (S3Failure.isMissing(e)) {
              return true;
            }
            throw e;
          }
        });
  }

  /** Deletes values, a thousand by one request. */
  void deleteAll(Collection<String> keys) {
    List<String> all = new ArrayList<>(keys);
    for (int start = 0; start < all.size(); start += DELETED_AT_ONCE) {
      deleteAtOnce(all.subList(start, Math.min(all.size(), start + DELETED_AT_ONCE)));
    }
  }

  private void deleteAtOnce(List<String> keys) {
    Delete delete =
        Delete.builder()
            .quiet(true)
            .objects(keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList())
            .build();
    DeleteObjectsResponse answer =
        send(
            "delete",
            keys.get(0),
            () ->
                client.deleteObjects(
                    request ->
                        request.bucket(bucket).delete(delete).overrideConfiguration(counted)));
    answer.errors().stream()
        .findFirst()
        .ifPresent(
            error -> {
              throw new StoreException(
                  "delete", location(error.key()), error.code() + " " + error.message());
            });
  }

  /** As many values as one request brings whose keys begin so and come after a key. */
  ListObjectsV2Response listAfter(String prefix, String key) {
    return send(
        "list",
        prefix,
        () ->
            client.listObjectsV2(
                request ->
                    request
                        .bucket(bucket)
                        .prefix(prefix)
                        .startAfter(key)
                        .overrideConfiguration(counted)));
  }

  /** All values whose keys begin so; one request for each thousand. */
  List<S3Object> list(String prefix) {
    return send(
        "list",
        prefix,
        () ->
            client
                .listObjectsV2Paginator(
                    request -> request.bucket(bucket).prefix(prefix).overrideConfiguration(counted))
                .contents()
                .stream()
                .toList());
  }
}
