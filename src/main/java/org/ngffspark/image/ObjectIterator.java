// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.ngffspark.roi.Growth;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.zarr.nd.GridPosition;

/** Reads one object after the other in the order of the chunks in which their regions begin. */
final class ObjectIterator implements Iterator<MaskedPatch> {
  private static final int PARTS_OF_MEMORY = 4;

  private final MaskedReader reader;
  private final MaskedObjects objects;
  private final Growth growth;
  private final Iterator<Integer> order;
  private final RecentChunks chunks;
  private long writes;

  ObjectIterator(MaskedReader reader, MaskedObjects objects, Growth growth) {
    this.reader = reader;
    this.objects = objects;
    this.growth = growth;
    this.order = order(objects.rois());
    this.chunks = new RecentChunks(Runtime.getRuntime().maxMemory() / PARTS_OF_MEMORY);
    this.writes = objects.writes();
  }

  private Iterator<Integer> order(MaskingRois rois) {
    GridPosition[] first = new GridPosition[rois.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = reader.level().array().chunks().at(reader.region(rois.roiAt(i), growth));
    }
    return IntStream.range(0, first.length)
        .boxed()
        .sorted(Comparator.comparing(index -> first[index]))
        .iterator();
  }

  @Override
  public boolean hasNext() {
    return order.hasNext();
  }

  /**
   * @throws NoSuchElementException if there was the last one
   */
  @Override
  public MaskedPatch next() {
    int index = order.next();
    if (writes != objects.writes()) {
      writes = objects.writes();
      chunks.forget(reader.level().array());
    }
    long id = objects.rois().label(index);
    MaskPlacement place = reader.place(objects.rois().roiAt(index), growth);
    return reader.read(id, place, reader.mask(id, place, chunks), chunks);
  }
}
