// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.SeenValue;
import org.ngffspark.zarr.store.SideBySide;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreConditions;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreKeys;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of S3, or of a server that speaks its language, or a folder in one. A value is read,
 * written, looked at or deleted by one request; what concerns many keys is asked side by side.
 */
final class S3Store implements Store {
  private static final long serialVersionUID = 1L;

  private final URI root;
  private final HadoopSettings settings;
  private transient volatile S3Bucket bucket;

  S3Store(URI root, HadoopSettings settings) {
    this.root = root;
    this.settings = settings;
  }

  @Override
  public URI uri() {
    return root;
  }

  S3Bucket bucket() {
    S3Bucket known = bucket;
    if (known == null) {
      known = connect();
      bucket = known;
    }
    return known;
  }

  private S3Bucket connect() {
    FileSystem files = settings.fileSystem(root);
    if (files instanceof S3AFileSystem s3) {
      return new S3Bucket(s3);
    }
    throw new StoreException(
        "open", root.toString(), "fs.s3a.impl is " + files.getClass().getName() + ", not S3A");
  }

  /** Key in the bucket of a key of the store. */
  String object(String key) {
    return folder() + StoreKeys.check(key);
  }

  private String folder() {
    String path = root.getPath();
    return path.length() <= 1 ? "" : path.substring(1) + "/";
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return bucket().get(object(key), "", answer -> {}, buffers).map(S3Bucket.Answer::bytes);
  }

  @Override
  public SeenValue see(String key, BufferSource buffers) {
    return bucket()
        .get(object(key), "", answer -> {}, buffers)
        .map(S3Store::seen)
        .orElse(SeenValue.MISSING);
  }

  private static SeenValue seen(S3Bucket.Answer answer) {
    GetObjectResponse head = answer.response();
    KeyStatus status = new KeyStatus(total(head), head.lastModified(), head.eTag());
    return new SeenValue(Optional.of(status), Optional.of(answer.bytes()));
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return see(key, range, buffers).value();
  }

  @Override
  public SeenValue see(String key, ByteRange range, BufferSource buffers) {
    long length =
        range instanceof ByteRange.Slice slice
            ? slice.length()
            : ((ByteRange.Suffix) range).length();
    if (length == 0) {
      Optional<KeyStatus> status = status(key);
      return new SeenValue(
          status,
          status
              .map(found -> requireWithin(key, range, found.length()))
              .map(found -> buffers.take(0)));
    }
    Consumer<GetObjectResponse> check =
        answer -> {
          if (answer.contentLength() != length) {
            throw outside(key, range, total(answer));
          }
        };
    try {
      return bucket()
          .get(object(key), header(range), check, buffers)
          .map(S3Store::seen)
          .orElse(SeenValue.MISSING);
    } catch (S3Bucket.NoSuchRange e) {
      throw outside(key, range, status(key).map(KeyStatus::length).orElse(0L));
    }
  }

  private static String header(ByteRange range) {
    if (range instanceof ByteRange.Slice slice) {
      long last =
          Math.addExact(slice.offset(), Math.min(slice.length(), Long.MAX_VALUE - slice.offset()))
              - 1;
      return "bytes=" + slice.offset() + "-" + last;
    }
    return "bytes=-" + ((ByteRange.Suffix) range).length();
  }

  private long requireWithin(String key, ByteRange range, long length) {
    if (range.within(length).isEmpty()) {
      throw outside(key, range, length);
    }
    return length;
  }

  private StoreException outside(String key, ByteRange range, long length) {
    return StoreException.outside(bucket().location(object(key)), range, length);
  }

  /** Length of the whole value. */
  private static long total(GetObjectResponse answer) {
    String range = answer.contentRange();
    return range == null
        ? answer.contentLength()
        : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return bucket()
        .head(object(key))
        .map(head -> new KeyStatus(head.contentLength(), head.lastModified(), head.eTag()));
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(Collection<String> keys) {
    S3Statuses all = new S3Statuses(bucket(), keys.stream().map(this::object).toList());
    all.list();
    SortedMap<String, KeyStatus> statuses = new ConcurrentSkipListMap<>();
    int start = folder().length();
    all.found().forEach((object, status) -> statuses.put(object.substring(start), status));
    sideBySide(
        all.open().stream().map(object -> object.substring(start)).toList(),
        key -> status(key).ifPresent(status -> statuses.put(key, status)));
    return new TreeMap<>(statuses);
  }

  private <T> void sideBySide(Collection<T> all, Consumer<T> request) {
    new SideBySide(requestsAtOnce()).run(all, request);
  }

  @Override
  public void write(String key, ByteBuffer value) {
    bucket().put(object(key), value);
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    return bucket().putIfAbsent(object(key), value);
  }

  /** A copy on the server, then a deletion. */
  @Override
  public void move(String from, String to) {
    bucket().copy(object(from), object(to));
    if (!from.equals(to)) {
      delete(from);
    }
  }

  @Override
  public void copyAll(Map<String, String> targets) {
    sideBySide(
        targets.entrySet(), each -> bucket().copy(object(each.getValue()), object(each.getKey())));
  }

  @Override
  public void delete(String key) {
    bucket().delete(object(key));
  }

  @Override
  public void deleteAll(Collection<String> keys) {
    bucket().deleteAll(keys.stream().map(this::object).toList());
  }

  @Override
  public List<String> list(String prefix) {
    return List.copyOf(statuses(prefix).keySet());
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    SortedMap<String, KeyStatus> statuses = new TreeMap<>();
    for (S3Object each : objects(prefix)) {
      // what ends so is a mark that other programs make for a directory
      if (!each.key().endsWith("/")) {
        Instant modified = each.lastModified();
        statuses.put(
            each.key().substring(folder().length()),
            new KeyStatus(each.size(), modified, each.eTag()));
      }
    }
    return statuses;
  }

  private List<S3Object> objects(String prefix) {
    String below = StoreKeys.checkPrefix(prefix).isEmpty() ? folder() : object(prefix) + "/";
    return bucket().list(below);
  }

  @Override
  public void deleteTree(String prefix) {
    bucket().deleteAll(objects(prefix).stream().map(S3Object::key).toList());
  }

  @Override
  public int requestsAtOnce() {
    return settings.requests();
  }

  @Override
  public long requestsRepeated() {
    S3Bucket known = bucket;
    return known == null ? 0 : known.requestsRepeated();
  }

  @Override
  public Optional<StoreConditions> conditions() {
    return Optional.of(new S3Conditions(this));
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
