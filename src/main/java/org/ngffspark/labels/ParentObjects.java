// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.SkippedObject;
import org.ngffspark.labels.Search.InObjects;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.Roi;
import org.ngffspark.segment.FoundObjects;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;

/** Looks for objects inside the objects of one image. Not safe for several threads. */
final class ParentObjects {
  private final OpenedImage image;
  private final InObjects search;
  private final MaskedReader reader;
  private final List<SkippedObject> skipped = new ArrayList<>();

  ParentObjects(OpenedImage image, InObjects search) {
    this.image = image;
    this.search = search;
    this.reader = image.masked().reader();
  }

  /** Takes what lies in a parent. */
  @FunctionalInterface
  interface ChildSink {
    void take(int index, FoundObjects children);
  }

  /**
   * Looks into each parent, ascending by id; those without an object are passed over.
   *
   * @param source chunks of the level whose pixels are looked at
   * @throws ObjectFailure if the finder fails, and that is not to be skipped
   */
  void forEach(LabelBatch parents, TaskChunks source, ChildSink sink) {
    for (int index = 0; index < parents.size(); index++) {
      int number = index;
      find(parents.label(index), parents.roi(index), source)
          .filter(children -> children.count() > 0)
          .ifPresent(children -> sink.take(number, children));
    }
  }

  private Optional<FoundObjects> find(long label, Roi roi, TaskChunks source) {
    MaskPlacement place = reader.place(roi, search.parents().growth());
    if (reader.box(place).isEmpty()) {
      return Optional.empty();
    }
    MaskedPatch object = read(label, place, source);
    try {
      return Optional.of(FoundObjects.of(search.finder(), object));
    } catch (TransformUnavailableException elsewhere) {
      throw elsewhere;
    } catch (RuntimeException failure) {
      String reason = "finder '" + search.finder().name() + "' failed: " + reason(failure);
      if (search.onError() == OnError.FAIL) {
        throw new ObjectFailure(label, reason, failure);
      }
      skipped.add(new SkippedObject(label, reason));
      return Optional.empty();
    }
  }

  private static String reason(RuntimeException failure) {
    return failure instanceof IllegalArgumentException ? failure.getMessage() : failure.toString();
  }

  private MaskedPatch read(long label, MaskPlacement place, TaskChunks source) {
    try {
      return reader.read(label, place, TaskChunks.both(source, image.labelChunks()));
    } catch (FormatException damaged) {
      throw ObjectFailure.of(label, damaged);
    }
  }

  /** The box of a parent, grown as it is read, in pixels of the level. */
  Box box(Roi roi) {
    return reader.box(reader.place(roi, search.parents().growth()));
  }

  /** The parents for which the finder failed. */
  List<SkippedObject> skipped() {
    return skipped;
  }

  /**
   * Paints the objects of a parent.
   *
   * @param first id of the first of them
   * @param part of the label image that is painted
   */
  static void paint(FoundObjects children, long first, Box part, LabelPainter painter) {
    Patch numbers = children.numbers();
    Box common = numbers.box().intersect(part);
    if (common.isEmpty()) {
      return;
    }
    NdArray one = NdArray.zeros(DataType.UINT8, numbers.shape());
    Patch inside = Patch.of(one, numbers.axes(), numbers.pixelSize(), numbers.box());
    Patch ids = numbers.copy();
    for (int pixel = 0; pixel < numbers.size(); pixel++) {
      long number = numbers.integer(pixel);
      if (number != 0) {
        inside.setInteger(pixel, 1);
        ids.setInteger(pixel, first + number - 1);
      }
    }
    Box cut = common.relativeTo(numbers.box());
    Mask mask = Mask.of(inside, 1, numbers.axes(), numbers.shape()).cut(cut);
    painter.paint(common, mask, ids.pixels().cut(cut));
  }

  /** A box of the image as one of the label image, which has no channels. */
  static Box withoutChannel(OpenedImage image, Box box) {
    int[] kept =
        IntStream.range(0, box.rank())
            .filter(axis -> image.level().axes().name(axis) != AxisName.C)
            .toArray();
    return Box.of(
        Arrays.stream(kept).mapToLong(box::start).toArray(),
        Arrays.stream(kept).mapToLong(box::stop).toArray());
  }
}
