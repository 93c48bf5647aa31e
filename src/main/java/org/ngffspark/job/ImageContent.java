// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.zarr.ArrayFiles;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.SideBySide;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * What a job reads and writes, to see later whether it was changed: of each value its length and
 * the checksum of a part. Times do not count, so that a copy is the same. Tables and other labels,
 * which come and go, do not count either.
 *
 * <p>Of the masking label image, which people correct by hand, the part is the whole. Of pixels it
 * is the middle of a value, of levels with many values of some of them only: an image that was
 * taken anew differs everywhere, and reading all would take as long as the job.
 */
public final class ImageContent {
  private static final int PART = StagedUnit.MIDDLE;
  private static final long PIECE = 8L << 20;

  /** Of levels with more values at least so many are looked at. */
  private static final long MANY = 1024;

  private final SortedMap<String, String> values;
  private final List<Level> levels;

  /**
   * How a level is looked at.
   *
   * @param prefix of its keys, below the container
   * @param isWhole whether all bytes of all values count
   * @param mask one in so many values is looked at, less one; a power of two less one
   */
  private record Level(String prefix, boolean isWhole, int mask) {
    /** The part of a value whose checksum counts; of length 0 if none does. */
    ByteRange.Slice part(String key, long length) {
      if (isWhole) {
        return new ByteRange.Slice(0, length);
      }
      int hash = crc32c(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)));
      long part = (hash & mask) == 0 ? Math.min(PART, length) : 0;
      return new ByteRange.Slice((length - part) / 2, part);
    }
  }

  private ImageContent(SortedMap<String, String> values, List<Level> levels) {
    this.values = values;
    this.levels = levels;
  }

  /**
   * Looks at what is there now.
   *
   * @param image whose metadata are known
   * @param node image or label image that is transformed, below the container
   * @param labelName masking label image
   */
  public static ImageContent of(OpenedImage image, String node, String labelName) {
    ImageContent content = new ImageContent(new ConcurrentSkipListMap<>(), new ArrayList<>());
    String label = image.container().labelPath(labelName);
    content.add(image, label, true);
    if (!node.equals(label)) {
      content.add(image, node, false);
    }
    return content;
  }

  /**
   * As {@link #of(OpenedImage, String, String)}, where there is no masking label image.
   *
   * @param node image or label image that is read, below the container
   */
  public static ImageContent of(OpenedImage image, String node) {
    ImageContent content = new ImageContent(new ConcurrentSkipListMap<>(), new ArrayList<>());
    content.add(image, node, false);
    return content;
  }

  /** Of a container that is not there yet. */
  public static ImageContent none() {
    return new ImageContent(new TreeMap<>(), List.of());
  }

  /**
   * What {@link #of(OpenedImage, String, String)} asks of a store that lists its keys; reads no
   * value.
   */
  public static RequestCount requests(OpenedImage image, String node, String labelName) {
    LongAdder lists = new LongAdder();
    LongAdder reads = new LongAdder();
    String label = image.container().labelPath(labelName);
    for (String each : new TreeSet<>(List.of(label, node))) {
      forEachLevel(
          image,
          each,
          each.equals(label),
          (level, files) -> {
            lists.increment();
            files.forEach(
                (key, status) -> {
                  long part = level.part(inside(image.ref().open(), key), status.length()).length();
                  reads.add((part + PIECE - 1) / PIECE);
                });
          });
    }
    return new RequestCount(reads.sum(), 0, 0, 0, lists.sum());
  }

  private void add(OpenedImage image, String node, boolean isWhole) {
    StorePath plain = image.ref().open();
    forEachLevel(
        image,
        node,
        isWhole,
        (level, files) -> {
          levels.add(level);
          new SideBySide(plain.store().requestsAtOnce())
              .run(files.entrySet(), file -> add(plain, level, file.getKey(), file.getValue()));
        });
  }

  /** Hands over the levels of an image or label image, and the files of each. */
  private static void forEachLevel(
      OpenedImage image,
      String node,
      boolean isWhole,
      BiConsumer<Level, SortedMap<String, KeyStatus>> taken) {
    StorePath known = image.container().path();
    // what is only looked at is no input of a task
    StorePath plain = image.ref().open();
    ImageNode found = ImageNode.open(known.child(node));
    for (Dataset dataset : found.metadata().datasets()) {
      String array = StorePath.root(plain.store()).child(node).child(dataset.path()).path();
      int mask = isWhole ? 0 : mask(ZarrArray.open(known.child(array), found.format()));
      Level level = new Level(array.isEmpty() ? "" : array + "/", isWhole, mask);
      taken.accept(level, files(plain, known.child(array), found.format(), dataset));
    }
  }

  private static String inside(StorePath container, String key) {
    return key.substring(container.key("").length());
  }

  private static SortedMap<String, KeyStatus> files(
      StorePath plain, StorePath array, ZarrFormat format, Dataset dataset) {
    if (dataset.path().isEmpty()) {
      // Labels, tables and the record of jobs lie in the array.
      return ArrayFiles.unitStatuses(ZarrArray.open(array, format), plain.store());
    }
    return plain.store().isListed()
        ? plain.store().statuses(array.path())
        : ArrayFiles.statuses(ZarrArray.open(array, format), plain.store());
  }

  /**
   * Follows from the grid, not from the values that are there: a commit may add and delete some.
   */
  private static int mask(ZarrArray array) {
    long times = Math.min(array.writeUnits().count() / MANY, 1L << 30);
    return times < 2 ? 0 : (int) Long.highestOneBit(times) - 1;
  }

  private void add(StorePath container, Level level, String key, KeyStatus status) {
    String inside = inside(container, key);
    ByteRange.Slice part = level.part(inside, status.length());
    values.put(inside, value(status.length(), checksum(container.store(), key, part)));
  }

  private static String value(long length, String checksum) {
    return length + " " + checksum;
  }

  /** In pieces: a shard may not fit into memory. */
  private static String checksum(Store store, String key, ByteRange.Slice part) {
    CRC32C checksum = new CRC32C();
    long end = part.offset() + part.length();
    for (long offset = part.offset(); offset < end; offset += PIECE) {
      ByteRange piece = new ByteRange.Slice(offset, Math.min(PIECE, end - offset));
      store.read(key, piece, BufferSource.heap()).ifPresent(checksum::update);
    }
    return part.length() == 0 ? "" : Integer.toHexString((int) checksum.getValue());
  }

  private static int crc32c(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  /** The same after a commit of these units. */
  public ImageContent after(Collection<StagedUnit> units) {
    SortedMap<String, String> changed = new TreeMap<>(values);
    for (StagedUnit unit : units) {
      if (unit.isDeletion()) {
        changed.remove(unit.key());
      } else {
        changed.put(unit.key(), value(unit.length(), checksum(unit)));
      }
    }
    return new ImageContent(changed, levels);
  }

  private String checksum(StagedUnit unit) {
    ByteRange.Slice part =
        levels.stream()
            .filter(level -> unit.key().startsWith(level.prefix()))
            .findFirst()
            .map(level -> level.part(unit.key(), unit.length()))
            .orElse(new ByteRange.Slice(0, unit.length()));
    if (part.length() == 0) {
      return "";
    }
    return Integer.toHexString(part.length() == unit.length() ? unit.crc32c() : unit.middle());
  }

  /** Facts by key below the container. */
  public SortedMap<String, String> values() {
    return new TreeMap<>(values);
  }
}
