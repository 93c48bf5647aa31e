// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.HashMap;
import java.util.Map;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.zarr.ChunkSource;

/**
 * Cuts the objects of a batch out of the image, one channel or write unit after the other. Where an
 * object lies, and its mask, are the same for all of them and kept, as far as a limit of memory
 * allows. Not safe for several threads.
 */
final class ObjectMasks {
  private static final long MOST_BYTES = 32L << 20;
  private static final long BYTES_PER_OBJECT = 500;

  private final LabelBatch objects;
  private final Growth growth;
  private final Map<Integer, Known> known = new HashMap<>();
  private long free;

  /** What was found out about an object; its pixels and its label image are not kept. */
  private record Known(MaskPlacement place, Mask mask) {}

  ObjectMasks(LabelBatch objects, ImagePasses passes) {
    this.objects = objects;
    this.growth = passes.spec().objects().growth();
    long readers = passes.all().stream().mapToInt(pass -> pass.readers().size()).sum();
    this.free = readers > 1 || passes.values().isPresent() ? MOST_BYTES : 0;
  }

  LabelBatch objects() {
    return objects;
  }

  /** Where an object lies. Errors are those of {@link MaskedReader#place}. */
  MaskPlacement place(int index, MaskedReader reader) {
    Known before = known.get(index);
    return before == null ? reader.place(objects.roi(index), growth) : before.place;
  }

  /**
   * An object.
   *
   * @param place from {@link #place}
   */
  MaskedPatch read(int index, MaskPlacement place, MaskedReader reader, ChunkSource chunks) {
    Known before = known.get(index);
    if (before != null) {
      return reader.read(objects.label(index), place, before.mask, chunks);
    }
    MaskedPatch object = reader.read(objects.label(index), place, chunks);
    keep(index, place, object.mask());
    return object;
  }

  /** The pixels of an object, without reading any of the image. */
  Mask mask(int index, MaskedReader reader, ChunkSource chunks) {
    Known before = known.get(index);
    if (before != null) {
      return before.mask;
    }
    MaskPlacement place = place(index, reader);
    Mask mask = reader.mask(objects.label(index), place, chunks);
    keep(index, place, mask);
    return mask;
  }

  private void keep(int index, MaskPlacement place, Mask mask) {
    long bytes = BYTES_PER_OBJECT + 2L * Integer.BYTES * mask.runs();
    if (bytes <= free) {
      free -= bytes;
      known.put(index, new Known(place, mask));
    }
  }
}
