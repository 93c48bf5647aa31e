// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.OnError;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.zarr.ChunkSource;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/**
 * Transforms objects of one image, each from the pixels as they were before the run, and hands the
 * results on. Not safe for several threads.
 */
final class TransformedObjects implements AutoCloseable {

  /** Takes the transformed pixels of objects, by ascending label. */
  @FunctionalInterface
  interface ResultSink {
    /**
     * @param place of the pixels in the level, in pixels
     * @param written the pixels to write, over their shape
     */
    void take(long label, Box place, Mask written, NdArray pixels);
  }

  /** One channel, or several that are transformed together, of one object. */
  private record Cut(MaskedReader reader, MaskedPatch object) {
    long label() {
      return object.label();
    }
  }

  private record Result(Cut cut, Patch patch) {}

  // Patches that are transformed together are in memory together.
  private static final long MOST_BYTES_AT_ONCE = 1L << 25;

  private final ImagePasses passes;
  private final TransformSpec spec;
  private final ObjectTransform transform;
  private final OptionalInt channelAxis;
  private final Map<Long, String> skipped = new TreeMap<>();
  private final ObjectNotes notes = new ObjectNotes();
  private long pixels;

  TransformedObjects(ImagePasses passes) {
    this.passes = passes;
    this.spec = passes.spec();
    this.transform = new ObjectTransform(spec, passes.image().largestLabel());
    this.channelAxis = passes.level().axes().index(AxisName.C);
  }

  /**
   * Transforms objects with all readers of a pass, by ascending label. One whose transform throws
   * is skipped where the run says so.
   *
   * @param chunks decoded chunks of image and label image, before the run
   * @throws ObjectFailure if an object cannot be transformed and the run does not skip it, or its
   *     pixels cannot be decoded
   */
  void transform(
      ObjectMasks masks, List<MaskedReader> readers, ChunkSource chunks, ResultSink sink) {
    passes.image().samples().begin(masks.objects());
    int next = 0;
    while (next < masks.objects().size()) {
      List<Cut> cuts = new ArrayList<>();
      int first = next;
      long bytes = 0;
      do {
        for (Cut cut : read(masks, next++, readers, chunks)) {
          cuts.add(cut);
          bytes += cut.object.patch().pixels().bytes().length;
        }
      } while (next < masks.objects().size()
          && next - first < transform.groupSize()
          && bytes < MOST_BYTES_AT_ONCE);
      transform(cuts, readers, sink);
      noteEmpty(masks, first, next, cuts);
      passes.image().done((double) (next - first) / passes.all().size());
    }
  }

  /** Objects that were transformed and have no pixel of their own. */
  private void noteEmpty(ObjectMasks masks, int first, int next, List<Cut> cuts) {
    Set<Long> filled = new HashSet<>();
    for (Cut cut : cuts) {
      if (cut.object.mask().count() > 0) {
        filled.add(cut.label());
      }
    }
    for (int i = first; i < next; i++) {
      long label = masks.objects().label(i);
      if (!filled.contains(label) && !skipped.containsKey(label)) {
        notes.withoutPixel(label);
      }
    }
  }

  private List<Cut> read(
      ObjectMasks masks, int index, List<MaskedReader> readers, ChunkSource chunks) {
    long label = masks.objects().label(index);
    List<MaskPlacement> places = places(masks, index, readers);
    List<Cut> cuts = new ArrayList<>();
    try {
      for (int i = 0; i < readers.size(); i++) {
        MaskedReader reader = readers.get(i);
        MaskPlacement place = places.get(i);
        if (!reader.box(place).isEmpty()) {
          MaskedPatch object = masks.read(index, place, reader, chunks);
          cuts.add(
              new Cut(reader, spec.write() == WriteMode.WHOLE_BOX ? object.unmasked() : object));
        }
      }
      return cuts;
    } catch (FormatException damaged) {
      // Not the transform's doing: the image fails, also where objects may be skipped.
      throw ObjectFailure.of(label, damaged);
    }
  }

  /**
   * Where an object lies, for each reader. One that is too large ends the image, also where objects
   * are skipped: the limit is not part of what a job is.
   */
  private List<MaskPlacement> places(ObjectMasks masks, int index, List<MaskedReader> readers) {
    List<MaskPlacement> places = new ArrayList<>();
    for (MaskedReader reader : readers) {
      MaskPlacement place = masks.place(index, reader);
      if (!reader.box(place).isEmpty()) {
        passes.requireSize(masks.objects().label(index), place);
        notes.placed(masks.objects().label(index), reader, place);
      }
      places.add(place);
    }
    return places;
  }

  /**
   * What is transformed together has all in common but pixels and place, so it is of one reader.
   */
  private void transform(List<Cut> cuts, List<MaskedReader> readers, ResultSink sink) {
    List<Result> results = new ArrayList<>();
    for (MaskedReader reader : readers) {
      List<Cut> mine =
          cuts.stream()
              .filter(cut -> cut.reader == reader && !skipped.containsKey(cut.label()))
              .toList();
      results.addAll(transformed(mine));
    }
    results.sort((one, other) -> Long.compareUnsigned(one.cut.label(), other.cut.label()));
    for (Result result : results) {
      if (!skipped.containsKey(result.cut.label())) {
        pixels += result.cut.object.written().count();
        sample(result, readers.get(0));
        handOn(result, sink);
      }
    }
  }

  /**
   * @param first of the readers of the pass, by whose part an object is weighed
   */
  private void sample(Result result, MaskedReader first) {
    MaskedPatch object = result.cut.object;
    if (result.cut.reader == first) {
      passes.image().samples().weigh(object.label(), object.mask(), passes.level().axes());
    }
    int[] channels = channelAxis.isEmpty() ? new int[0] : result.cut.reader.channels();
    List<Patch> seen = List.of(object.patch(), result.patch);
    passes.image().samples().sums().add(channels, seen, object.mask());
    if (passes.image().samples().isTaken(object.label(), object.patch().size())) {
      Patch after = object.patch().copy();
      object.written().paste(result.patch.pixels(), after.pixels());
      List<Patch> times = List.of(object.patch(), after);
      passes.image().samples().take(object.label(), channels, times, object.mask());
    }
  }

  private List<Result> transformed(List<Cut> cuts) {
    Optional<List<Patch>> together =
        cuts.size() > 1
            ? transform.applyTogether(cuts.stream().map(Cut::object).toList())
            : Optional.empty();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      Cut cut = cuts.get(i);
      int index = i;
      try {
        Patch patch =
            together.map(all -> all.get(index)).orElseGet(() -> transform.apply(cut.object));
        results.add(new Result(cut, patch));
        notes.add(cut.label(), cut.object.notes().texts());
      } catch (ObjectFailure failure) {
        if (spec.onError() == OnError.FAIL) {
          throw failure;
        }
        skipped.put(cut.label(), failure.getMessage());
      }
    }
    return results;
  }

  /** Channels of a patch need not be neighbours in the image. */
  private void handOn(Result result, ResultSink sink) {
    int[] channels = result.cut.reader.channels();
    long label = result.cut.label();
    Box place = result.patch.box();
    Mask written = result.cut.object.written();
    NdArray pixelArray = result.patch.pixels();
    if (channelAxis.isEmpty() || neighbours(channels)) {
      sink.take(label, place, written, pixelArray);
      return;
    }
    int axis = channelAxis.getAsInt();
    for (int i = 0; i < channels.length; i++) {
      Box inPatch = Box.whole(result.patch.shape()).with(axis, i, i + 1L);
      sink.take(
          label,
          place.with(axis, channels[i], channels[i] + 1L),
          written.cut(inPatch),
          pixelArray.cut(inPatch));
    }
  }

  private static boolean neighbours(int[] channels) {
    for (int i = 1; i < channels.length; i++) {
      if (channels[i] != channels[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  /** Objects that kept their pixels, ascending by id. */
  List<SkippedObject> skipped() {
    return skipped.entrySet().stream()
        .map(entry -> new SkippedObject(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What is to be said of the objects. */
  ObjectNotes notes() {
    return notes;
  }

  /** Pixels written so far. */
  long pixels() {
    return pixels;
  }

  @Override
  public void close() {
    transform.close();
  }
}
