// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.ngffspark.apply.TransformSpec.OnError;
import org.ngffspark.apply.TransformSpec.WriteMode;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectFailure;
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

  /** Takes the transformed pixels of an object. */
  @FunctionalInterface
  interface ResultSink {
    /**
     * @param place of the pixels in the level, in pixels
     * @param written the pixels to write, over their shape
     */
    void take(Box place, Mask written, NdArray pixels);
  }

  /** One channel, or several that are transformed together, of one object. */
  private record Result(MaskedReader reader, MaskedPatch object, Patch patch) {}

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
    this.transform = new ObjectTransform(spec);
    this.channelAxis = passes.level().axes().index(AxisName.C);
  }

  /**
   * Transforms an object with all readers of a pass. If the transform throws, the object is skipped
   * where the run says so.
   *
   * @param index of the object in its batch
   * @param chunks decoded chunks of image and label image, before the run
   * @throws ObjectFailure if the object cannot be transformed and the run does not skip it, or its
   *     pixels cannot be decoded
   */
  void transform(
      ObjectMasks masks,
      int index,
      List<MaskedReader> readers,
      ChunkSource chunks,
      ResultSink sink) {
    long label = masks.objects().label(index);
    List<MaskPlacement> places = places(masks, index, readers);
    List<Result> results = new ArrayList<>();
    try {
      for (int i = 0; i < readers.size(); i++) {
        MaskedReader reader = readers.get(i);
        MaskPlacement place = places.get(i);
        if (!reader.box(place).isEmpty()) {
          MaskedPatch object = masks.read(index, place, reader, chunks);
          results.add(transform(label, reader, object));
        }
      }
    } catch (FormatException damaged) {
      // Not the transform's doing: the image fails, also where objects may be skipped.
      throw ObjectFailure.of(label, damaged);
    } catch (ObjectFailure failure) {
      if (spec.onError() == OnError.FAIL) {
        throw failure;
      }
      skipped.put(label, failure.getMessage());
      return;
    }
    if (results.stream().allMatch(result -> result.object.mask().count() == 0)) {
      notes.withoutPixel(label);
    }
    for (Result result : results) {
      pixels += result.object.written().count();
      handOn(result, sink);
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

  private Result transform(long label, MaskedReader reader, MaskedPatch cut) {
    MaskedPatch object = spec.write() == WriteMode.WHOLE_BOX ? cut.unmasked() : cut;
    Patch patch = transform.apply(object);
    notes.add(label, object.notes().texts());
    return new Result(reader, object, patch);
  }

  /** Channels of a patch need not be neighbours in the image. */
  private void handOn(Result result, ResultSink sink) {
    int[] channels = result.reader.channels();
    Box place = result.patch.box();
    Mask written = result.object.written();
    NdArray pixelArray = result.patch.pixels();
    if (channelAxis.isEmpty() || neighbours(channels)) {
      sink.take(place, written, pixelArray);
      return;
    }
    int axis = channelAxis.getAsInt();
    for (int i = 0; i < channels.length; i++) {
      Box inPatch = Box.whole(result.patch.shape()).with(axis, i, i + 1L);
      sink.take(
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
