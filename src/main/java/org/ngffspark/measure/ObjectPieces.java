// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Parts of objects that lie in one tile, in a few arrays that travel to where all parts of an
 * object are put together. Immutable.
 */
public final class ObjectPieces implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] labels;
  private final int[] times;
  // Index after the last number of each part's runs.
  private final int[] runEnds;
  private final int[] runs;
  // Index after the last byte of each part's values, in each channel.
  private final int[] valueEnds;
  private final byte[][] values;

  private ObjectPieces(Builder builder) {
    this.labels = builder.labels.stream().mapToLong(Long::longValue).toArray();
    this.times = builder.times.stream().mapToInt(Integer::intValue).toArray();
    this.runEnds = new int[labels.length];
    this.valueEnds = new int[labels.length];
    int channels = labels.length == 0 ? 0 : builder.pieces.get(0).values().length;
    int runsEnd = 0;
    int valuesEnd = 0;
    for (int i = 0; i < labels.length; i++) {
      ObjectPiece piece = builder.pieces.get(i);
      runsEnd = Math.addExact(runsEnd, piece.runs().length);
      valuesEnd = channels == 0 ? 0 : Math.addExact(valuesEnd, piece.values()[0].length);
      runEnds[i] = runsEnd;
      valueEnds[i] = valuesEnd;
    }
    this.runs = new int[runsEnd];
    this.values = new byte[channels][valuesEnd];
    for (int i = 0; i < labels.length; i++) {
      ObjectPiece piece = builder.pieces.get(i);
      System.arraycopy(piece.runs(), 0, runs, begin(runEnds, i), piece.runs().length);
      for (int c = 0; c < channels; c++) {
        byte[] bytes = piece.values()[c];
        System.arraycopy(bytes, 0, values[c], begin(valueEnds, i), bytes.length);
      }
    }
  }

  private static int begin(int[] ends, int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** Collects parts. */
  public static final class Builder {
    private final List<Long> labels = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();
    private final List<ObjectPiece> pieces = new ArrayList<>();

    /** Adds the part of an object that lies in a tile. */
    public void add(PartValues values, int object) {
      ObjectParts parts = values.parts();
      labels.add(parts.label(object));
      times.add(parts.time(object));
      pieces.add(new ObjectPiece(parts.runs(object), values.bytes(object)));
    }

    public ObjectPieces build() {
      return new ObjectPieces(this);
    }
  }

  /**
   * Which of several places puts the parts of an object together.
   *
   * @param places number of places
   */
  public static int home(long label, int time, int places) {
    return Math.floorMod(31 * Long.hashCode(label) + time, places);
  }

  /** Number of parts. */
  public int size() {
    return labels.length;
  }

  private ObjectPiece piece(int index) {
    int from = begin(valueEnds, index);
    return new ObjectPiece(
        Arrays.copyOfRange(runs, begin(runEnds, index), runEnds[index]),
        Arrays.stream(values)
            .map(bytes -> Arrays.copyOfRange(bytes, from, valueEnds[index]))
            .toArray(byte[][]::new));
  }

  private record Key(int time, long label) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return time != other.time
          ? Integer.compare(time, other.time)
          : Long.compare(label, other.label);
    }
  }

  private record Place(ObjectPieces pieces, int index) {}

  /**
   * Puts objects together.
   *
   * @param batches all parts of some objects, in any order
   * @param consumer takes the objects, ascending by time point and label
   * @throws IllegalArgumentException if an object takes more than 2 GiB in one channel
   */
  static void join(
      MeasuredImage image,
      ObjectTools tools,
      List<ObjectPieces> batches,
      Consumer<MeasuredObject> consumer) {
    Map<Key, List<Place>> places = new TreeMap<>();
    for (ObjectPieces batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        Key key = new Key(batch.times[i], batch.labels[i]);
        places.computeIfAbsent(key, none -> new ArrayList<>()).add(new Place(batch, i));
      }
    }
    places.forEach((key, parts) -> consumer.accept(object(image, tools, key, parts)));
  }

  private static MeasuredObject object(
      MeasuredImage image, ObjectTools tools, Key key, List<Place> places) {
    ObjectPiece whole;
    try {
      whole = ObjectPiece.merge(places.stream().map(p -> p.pieces.piece(p.index)).toList());
    } catch (IllegalArgumentException tooLarge) {
      throw new IllegalArgumentException(
          "Object " + key.label + " cannot be put together: " + tooLarge.getMessage(), tooLarge);
    }
    ObjectMask mask = whole.mask(image.dimensions());
    List<ObjectChannel> channels = whole.channels(mask, image.type(), tools.sums());
    return new MeasuredObject(image, key.label, key.time, mask, channels, tools);
  }
}
