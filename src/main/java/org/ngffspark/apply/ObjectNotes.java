// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.MaskPlacement;

/** What is to be said of objects. Not safe for several threads. */
final class ObjectNotes {
  private static final String NO_PIXEL = "no pixel has its id in its region";

  private final Map<Long, Set<String>> notes = new LinkedHashMap<>();

  void add(long label, Collection<String> texts) {
    if (!texts.isEmpty()) {
      notes.computeIfAbsent(label, key -> new LinkedHashSet<>()).addAll(texts);
    }
  }

  /** Notes planes that the one plane of a label image would mask, and the region leaves out. */
  void placed(long label, MaskedReader reader, MaskPlacement place) {
    String planes = reader.planesLeftOut(place);
    add(label, planes.isEmpty() ? List.of() : List.of("its region covers " + planes));
  }

  void withoutPixel(long label) {
    add(label, List.of(NO_PIXEL));
  }

  /** Notes the objects of a batch that are not among those that have pixels. */
  void withoutPixel(LabelBatch objects, BitSet havePixels) {
    for (int index = havePixels.nextClearBit(0);
        index < objects.size();
        index = havePixels.nextClearBit(index + 1)) {
      withoutPixel(objects.label(index));
    }
  }

  /** Number of objects per note. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    notes.values().forEach(texts -> texts.forEach(text -> counts.merge(text, 1L, Long::sum)));
    return counts;
  }
}
