// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.ngffspark.roi.MaskingRois;

/**
 * What all views of one masked level share: the regions of its objects, found once, and how often
 * one of the views has written.
 */
final class MaskedObjects {
  private final Supplier<MaskingRois> source;
  private final AtomicLong writes = new AtomicLong();
  private Optional<MaskingRois> rois = Optional.empty();

  /**
   * @param source called once, when the first region is asked for
   */
  MaskedObjects(Supplier<MaskingRois> source) {
    this.source = source;
  }

  synchronized MaskingRois rois() {
    if (rois.isEmpty()) {
      rois = Optional.of(source.get());
    }
    return rois.get();
  }

  void written() {
    writes.incrementAndGet();
  }

  long writes() {
    return writes.get();
  }
}
