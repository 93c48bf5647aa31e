// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/** What an OME-Zarr group is. */
public enum ContainerKind {
  IMAGE("multiscales"),
  PLATE("plate"),
  WELL("well");

  private static final String SERIES = "bioformats2raw.layout";

  private final String key;

  ContainerKind(String key) {
    this.key = key;
  }

  /**
   * Tells what lies at a path.
   *
   * @throws FormatException if it is none of them; the message says what is there
   */
  public static ContainerKind of(StorePath path) {
    return of(OmeGroup.open(path).attributes());
  }

  /**
   * Opens a group of this kind.
   *
   * @throws FormatException if there is none
   */
  OmeGroup open(StorePath path) {
    return open(OmeGroup.open(path));
  }

  /** Whether there is a group of this kind, with attributes or, of N5, without. */
  boolean isAt(StorePath path) {
    return OmeGroup.look(path)
        .flatMap(group -> find(group.attributes().ome()))
        .filter(this::equals)
        .isPresent();
  }

  /**
   * Checks that a group is of this kind.
   *
   * @throws FormatException if it is not
   */
  OmeGroup open(OmeGroup group) {
    ContainerKind kind = of(group.attributes());
    if (kind != this) {
      throw new FormatException(group.path().toString(), "it is of kind " + kind + ", not " + this);
    }
    return group;
  }

  /**
   * What lies at a path; empty if there is no group or it is none of them.
   *
   * @throws FormatException if the group's metadata are wrong
   */
  public static Optional<ContainerKind> find(StorePath path) {
    return OmeGroup.find(path).flatMap(group -> find(group.attributes().ome()));
  }

  private static Optional<ContainerKind> find(ObjectNode ome) {
    for (ContainerKind kind : values()) {
      JsonNode value = ome.path(kind.key);
      if (!value.isMissingNode() && !value.isNull()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static ContainerKind of(OmeAttributes attributes) {
    return find(attributes.ome())
        .orElseThrow(
            () -> new FormatException(attributes.view().file(), problem(attributes.ome())));
  }

  private static String problem(ObjectNode ome) {
    if (ome.has(SERIES)) {
      return "it is a collection of several images (" + SERIES + "); give one of them, as in …/0";
    }
    List<String> found = new ArrayList<>();
    ome.fieldNames().forEachRemaining(found::add);
    return "it is no image (multiscales), plate or well; its attributes are " + found;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
