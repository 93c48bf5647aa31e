// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ngffspark.chunks.StagedFingerprint;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.roi.Roi;
import org.ngffspark.table.CopiedTables;
import org.ngffspark.table.RegionEdit;
import org.ngffspark.table.TableFingerprint;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.zarr.ZarrArray;

/**
 * The tables of an image that is copied. Those that are made of a label image as it is are of its
 * copy as that is.
 *
 * @param arrays that are made, by their path below the container
 * @param files all values that are staged
 */
record ConvertedTables(
    Container from,
    SourceLevels levels,
    Map<String, ZarrArray> arrays,
    Collection<StagedUnit> files) {

  static ConvertedTables of(
      Container from,
      SourceLevels levels,
      List<ConvertedLevel> converted,
      Collection<StagedUnit> files) {
    Map<String, ZarrArray> arrays =
        converted.stream().collect(Collectors.toMap(ConvertedLevel::node, ConvertedLevel::target));
    return new ConvertedTables(from, levels, arrays, files);
  }

  void writeTo(Tables to, OutputForm form) {
    Tables tables = from.tables();
    CopiedTables copies = new CopiedTables(tables, to);
    copies.carryAttributes();
    for (String name : tables.names()) {
      WritableBackend backend = WritableBackend.of(tables.backend(name));
      Optional<Roi> part = levels.region();
      if (part.isPresent()) {
        copies.copyEdited(name, name, backend, RegionEdit.cutTo(part.get()));
      } else {
        copies.copy(name, name, backend);
      }
      tables
          .labelName(name)
          .filter(levels.labels()::containsKey)
          .filter(label -> isUpToDate(tables, name, label))
          .ifPresent(label -> new TableFingerprint(to, name).set(fingerprint(label, form)));
    }
  }

  private boolean isUpToDate(Tables tables, String name, String label) {
    return new TableFingerprint(tables, name)
        .find()
        .filter(from.label(label).fingerprint()::equals)
        .isPresent();
  }

  /** Of the label image as it is committed. */
  private String fingerprint(String label, OutputForm form) {
    ImageLevel finest = levels.labels().get(label).get(0);
    String node = "labels/" + label + "/" + form.change().level(finest.path(), 0);
    return StagedFingerprint.of(arrays.get(node), node, files);
  }
}
