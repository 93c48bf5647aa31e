// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.ngffspark.roi.MaskingRois;
import org.ngffspark.roi.Roi;

/**
 * How the regions of a masking ROI table differ from the objects of its label image. Ids are
 * ascending; each id is in one list.
 *
 * @param missing objects that have no region
 * @param surplus regions whose id no pixel has
 * @param apart regions that do not meet the box of their object
 * @param cut regions that hold a part of the box of their object only
 * @param outside regions that leave the label image
 * @param unusable objects whose row has no region
 */
public record RegionCheck(
    List<Long> missing,
    List<Long> surplus,
    List<Long> apart,
    List<Long> cut,
    List<Long> outside,
    List<Long> unusable) {
  private static final int EXAMPLES = 5;

  public RegionCheck {
    missing = List.copyOf(missing);
    surplus = List.copyOf(surplus);
    apart = List.copyOf(apart);
    cut = List.copyOf(cut);
    outside = List.copyOf(outside);
    unusable = List.copyOf(unusable);
  }

  /**
   * Compares regions with the boxes of objects.
   *
   * @param regions of the table
   * @param objects of the finest level of the label image
   */
  public static RegionCheck of(MaskingRois regions, LabelBoxes objects) {
    long[] ids = objects.labels();
    long[] known = regions.labels();
    Set<Long> unusable = new TreeSet<>();
    regions.unusable().forEach(region -> unusable.add(region.label()));
    List<Long> surplus = new ArrayList<>();
    List<Long> apart = new ArrayList<>();
    List<Long> cut = new ArrayList<>();
    List<Long> outside = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      Roi region = regions.roiAt(i);
      int index = Arrays.binarySearch(ids, known[i]);
      if (index < 0) {
        surplus.add(known[i]);
      } else if (!region.isWithin(objects.grid())) {
        outside.add(known[i]);
      } else if (region.toBox(objects.grid()).intersect(objects.boxAt(index)).isEmpty()) {
        apart.add(known[i]);
      } else if (!region.toBox(objects.grid()).contains(objects.boxAt(index))) {
        cut.add(known[i]);
      }
    }
    List<Long> missing =
        LongStream.of(ids)
            .filter(id -> Arrays.binarySearch(known, id) < 0 && !unusable.contains(id))
            .boxed()
            .toList();
    return new RegionCheck(missing, surplus, apart, cut, outside, List.copyOf(unusable));
  }

  /** Whether every object has a region that holds it, and there is no other. */
  public boolean agrees() {
    return problems().isEmpty();
  }

  /** What differs, a sentence for each kind, with the number of objects and some of their ids. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    add(problems, missing, "no region");
    add(problems, unusable, "a row that gives no region");
    add(problems, surplus, "a region, but no pixel");
    add(problems, apart, "a region that misses all of their pixels");
    add(problems, cut, "a region that holds a part of their pixels only");
    add(problems, outside, "a region that leaves the label image");
    return problems;
  }

  private static void add(List<String> problems, List<Long> ids, String what) {
    if (!ids.isEmpty()) {
      String examples =
          ids.stream().limit(EXAMPLES).map(String::valueOf).collect(Collectors.joining(", "));
      problems.add(
          ids.size()
              + (ids.size() == 1 ? " object has " : " objects have ")
              + what
              + ": "
              + examples
              + (ids.size() > EXAMPLES ? ", …" : ""));
    }
  }
}
