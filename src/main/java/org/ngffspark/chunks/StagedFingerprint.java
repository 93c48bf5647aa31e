// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.util.Collection;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.LabelFingerprint;
import org.ngffspark.zarr.ZarrArray;

/** The fingerprint of a label image as it is when staged units are committed. */
public final class StagedFingerprint {
  private StagedFingerprint() {}

  /**
   * @param finest level of the label image; nothing is read of it
   * @param node that level below the container
   * @param units that are committed, all of the level among them
   */
  public static String of(ZarrArray finest, String node, Collection<StagedUnit> units) {
    LabelFingerprint fingerprint = LabelFingerprint.ofNothing(finest);
    String prefix = node + "/";
    units.stream()
        .filter(unit -> unit.key().startsWith(prefix) && !unit.isDeletion())
        .forEach(
            unit ->
                fingerprint.add(
                    unit.key().substring(prefix.length()), unit.length(), unit::crc32c));
    return fingerprint.text();
  }
}
