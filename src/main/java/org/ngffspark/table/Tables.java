// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.MetadataProblem;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * The tables of a container: the subgroups of its group {@code tables}, in the order in which that
 * group's attributes list them. Everything is read when it is asked for and nothing is kept, so
 * that a table that cannot be read is an error only for who reads it.
 */
public final class Tables {
  private final TableList list;
  private final ZarrFormat format;

  TableList list() {
    return list;
  }

  private Tables(TableList list, ZarrFormat format) {
    this.list = list;
    this.format = format;
  }

  /**
   * The tables of the image, plate or well at this path, which need not have any.
   *
   * @throws FormatException if there is no group
   */
  public static Tables open(StorePath container) {
    Group group =
        Group.open(container)
            .orElseThrow(() -> new FormatException(container.toString(), "there is no group"));
    return open(container, group.format());
  }

  /**
   * The tables of a container whose format is known; reads nothing yet. Those in a container of N5
   * are of Zarr v2: programs of N5 know no tables.
   */
  public static Tables open(StorePath container, ZarrFormat format) {
    ZarrFormat written = format == ZarrFormat.N5 ? ZarrFormat.V2 : format;
    return new Tables(new TableList(container, written, Optional.empty()), written);
  }

  /** These, and those of another container that are not called as one of these; to be read only. */
  public Tables and(Tables others) {
    return new Tables(list.and(others.list), format);
  }

  /**
   * Where a table lies.
   *
   * @throws FormatException if the name leads out of the tables
   */
  public StorePath path(String name) {
    return list.node(name);
  }

  /**
   * The names in the order of the list; empty if the container has no tables.
   *
   * @throws FormatException if the list is not one
   */
  public List<String> names() {
    return list.names();
  }

  /**
   * The type, for example {@code masking_roi_table}; {@code generic_table} where nothing is said.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   */
  public String type(String name) {
    return attributes(name).type();
  }

  /**
   * All columns of a table of any type, the index first.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   * @throws FormatException if its version or backend is not supported, or what lies there is wrong
   */
  public Table read(String name) {
    return read(list.node(name), attributes(name));
  }

  private static Table read(StorePath group, TableAttributes attributes) {
    attributes.requireSupportedVersion();
    return TableBackend.of(attributes).reader().read(group, attributes);
  }

  /**
   * The regions of a ROI table or a masking ROI table, row by row.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   * @throws FormatException if it is not a ROI table, its version or backend is not supported, or
   *     what lies there is wrong
   */
  public RoiTable roiTable(String name) {
    TableAttributes attributes = attributes(name);
    attributes.requireType(TableType.ROI, TableType.MASKING_ROI, TableType.GENERIC_ROI);
    return RoiTable.of(read(list.node(name), attributes), attributes.location());
  }

  /**
   * The regions of a masking ROI table, one per label.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   * @throws FormatException if it is not a masking ROI table, its version or backend is not
   *     supported, or what lies there is wrong
   */
  public MaskingRoiTable maskingRoiTable(String name) {
    TableAttributes attributes = attributes(name);
    attributes.requireType(TableType.MASKING_ROI);
    return masking(list.node(name), attributes);
  }

  private static MaskingRoiTable masking(StorePath group, TableAttributes attributes) {
    return MaskingRoiTable.of(read(group, attributes), attributes);
  }

  /**
   * The first masking ROI table, in the order of the list, whose {@code region.path} names the
   * label image. Of the tables before it only the attributes are read.
   *
   * @throws FormatException if the version or backend of that table is not supported, or what lies
   *     there is wrong; also if there is none, and some table's attributes cannot be read, for it
   *     may be the one
   */
  public Optional<MaskingRoiTable> findMasking(String labelName) {
    List<FormatException> unreadable = new ArrayList<>();
    for (String name : names()) {
      Optional<TableAttributes> attributes = attributes(name, unreadable);
      if (attributes.filter(found -> masks(found, labelName)).isPresent()) {
        return Optional.of(masking(list.node(name), attributes.get()));
      }
    }
    if (!unreadable.isEmpty()) {
      throw unreadable.get(0);
    }
    return Optional.empty();
  }

  /**
   * The tables that are computed from a label image, in the order of the list: those whose {@code
   * region.path} names it. Tables whose attributes cannot be read are left out.
   */
  public List<String> ofLabel(String labelName) {
    List<FormatException> unreadable = new ArrayList<>();
    return names().stream()
        .filter(
            name ->
                attributes(name, unreadable)
                    .filter(attributes -> isOf(attributes, labelName))
                    .isPresent())
        .toList();
  }

  /**
   * Whether a table holds the regions of objects; of a table that cannot be read it is not said.
   */
  public boolean isMasking(String name) {
    return attributes(name, new ArrayList<>())
        .filter(attributes -> attributes.isType(TableType.MASKING_ROI))
        .isPresent();
  }

  /**
   * Whether tables of this one's backend are written, not only read.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   */
  public boolean isWritable(String name) {
    String backend = attributes(name).backend();
    return Arrays.stream(WritableBackend.values())
        .anyMatch(each -> each.attribute().equals(backend));
  }

  private static boolean isOf(TableAttributes attributes, String labelName) {
    return attributes.regionPath().map(LabelPath::new).map(LabelPath::name).stream()
        .anyMatch(labelName::equals);
  }

  private Optional<TableAttributes> attributes(String name, List<FormatException> unreadable) {
    try {
      return list.attributes(name);
    } catch (FormatException damaged) {
      unreadable.add(damaged);
      return Optional.empty();
    }
  }

  private static boolean masks(TableAttributes attributes, String labelName) {
    return attributes.isType(TableType.MASKING_ROI) && isOf(attributes, labelName);
  }

  /** What is wrong with the list, and with tables so that their type cannot be told. */
  public List<MetadataProblem> problems() {
    Problems problems = new Problems();
    for (String name : list.names(problems)) {
      problems.attempt(() -> attributes(name).type(), "the table cannot be used");
    }
    return problems.list();
  }

  TableAttributes attributes(String name) {
    list.requireListed(name);
    return list.attributes(name)
        .orElseThrow(
            () ->
                new FormatException(
                    list.node(name).toString(), "the list of tables names it, but it is missing"));
  }

  /**
   * Writes a new ROI table and adds it to the end of the list.
   *
   * @throws IllegalArgumentException if there is a table of that name, or it is not a name
   */
  public void write(String name, RoiTable table, WritableBackend backend) {
    write(name, backend, table.table(), WrittenAttributes.of(TableType.ROI));
  }

  /**
   * Writes a new masking ROI table and adds it to the end of the list.
   *
   * @param labelName of the label image that the labels are of
   * @throws IllegalArgumentException if there is a table of that name, or it is not a name
   */
  public void write(String name, MaskingRoiTable table, String labelName, WritableBackend backend) {
    ObjectNode attributes = WrittenAttributes.of(TableType.MASKING_ROI, labelName);
    table
        .fingerprint()
        .ifPresent(state -> attributes.put(TableAttributes.LABEL_FINGERPRINT, state));
    write(name, backend, table.table(), attributes);
  }

  /**
   * Writes a new feature table and adds it to the end of the list.
   *
   * @throws IllegalArgumentException if there is a table of that name, it is not a name, or the
   *     backend cannot hold it
   */
  public void write(String name, FeatureTable table, WritableBackend backend) {
    ObjectNode attributes = WrittenAttributes.of(TableType.FEATURE, table.labelName());
    write(name, backend, table.table(), attributes);
  }

  /**
   * Writes a new condition table and adds it to the end of the list.
   *
   * @throws IllegalArgumentException as for feature tables
   */
  public void writeConditions(String name, Table table, WritableBackend backend) {
    write(name, backend, table, WrittenAttributes.of(TableType.CONDITION));
  }

  /**
   * Writes a new table of no particular type and adds it to the end of the list.
   *
   * @throws IllegalArgumentException as for feature tables
   */
  public void writeGeneric(String name, Table table, WritableBackend backend) {
    write(name, backend, table, WrittenAttributes.generic(table));
  }

  /**
   * Writes a table of any type once more, in another backend, and adds it to the end of the list.
   * Its attributes, its index and its columns stay, those that we do not know too.
   *
   * @throws IllegalArgumentException if there is no table of the first name, there is one of the
   *     second, or it is not a name
   * @throws FormatException as {@link #read}
   */
  public void copy(String from, String to, WritableBackend backend) {
    new CopiedTables(this, this).copy(from, to, backend);
  }

  /**
   * The features of the objects of a label image.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   * @throws FormatException if it is not a feature table of a label image, its version or backend
   *     is not supported, or what lies there is wrong
   */
  public FeatureTable featureTable(String name) {
    TableAttributes attributes = attributes(name);
    attributes.requireType(TableType.FEATURE);
    String path =
        attributes
            .regionPath()
            .orElseThrow(
                () ->
                    new FormatException(
                        attributes.location(),
                        "a feature table needs region.path, its label image"));
    try {
      return new FeatureTable(new LabelPath(path).name(), read(list.node(name), attributes));
    } catch (IllegalArgumentException wrong) {
      throw new FormatException(attributes.location(), wrong.getMessage(), wrong);
    }
  }

  /**
   * The name of the label image that a table belongs to; empty if it names none.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   */
  public Optional<String> labelName(String name) {
    return attributes(name).regionPath().map(LabelPath::new).map(LabelPath::name);
  }

  /**
   * The name of a table's backend, as written; that of AnnData where nothing is said.
   *
   * @throws IllegalArgumentException if there is no such table; the message lists those that are
   */
  public String backend(String name) {
    return attributes(name).backend();
  }

  void write(String name, WritableBackend backend, Table table, ObjectNode attributes) {
    list.requireNew(name);
    attributes.put(TableAttributes.BACKEND, backend.attribute());
    StorePath group = list.node(name);
    // What an unfinished write left behind must not mix with this table.
    list.delete(group);
    backend.writer().write(group, format, attributes, table);
    list.add(name);
  }

  /**
   * Writes other regions into a masking ROI table. Its place in the list, its backend and its other
   * attributes stay; columns that are no regions do not.
   *
   * @throws IllegalArgumentException if there is no such table, or its backend is only read
   */
  public void rewrite(String name, MaskingRoiTable table) {
    TableAttributes attributes = attributes(name);
    WritableBackend backend = WritableBackend.of(attributes.backend());
    ObjectNode kept = WrittenAttributes.copied(attributes);
    kept.put(TableAttributes.INSTANCE_KEY, MaskingRoiTable.LABEL);
    kept.put(TableAttributes.INDEX_KEY, MaskingRoiTable.LABEL);
    kept.put(TableAttributes.INDEX_TYPE, IndexType.INT.attribute());
    kept.put(TableAttributes.BACKEND, backend.attribute());
    table.fingerprint().ifPresent(state -> kept.put(TableAttributes.LABEL_FINGERPRINT, state));
    list.delete(list.node(name));
    backend.writer().write(list.node(name), format, kept, table.table());
  }

  /** Moves a table, which must be there, to that place in the list. */
  public void move(String name, int index) {
    list.move(name, index);
  }

  /** Takes a table out of the list, then deletes it; nothing happens if there is none. */
  public void delete(String name) {
    if (names().contains(name)) {
      StorePath group = list.node(name);
      list.remove(name);
      list.delete(group);
    }
  }

  @Override
  public String toString() {
    return "Tables of " + list.container();
  }
}
