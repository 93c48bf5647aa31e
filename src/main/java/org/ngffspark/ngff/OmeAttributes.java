// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.ngff.OmeForm.Place;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.FormatException;

/**
 * The OME part of a group's attributes.
 *
 * @param view the part, and where it stands
 * @param all all attributes of the group
 */
record OmeAttributes(OmeForm form, JsonView view, JsonView all) {
  private static final String MULTISCALES = "multiscales";
  private static final List<String> KINDS = List.of(MULTISCALES, "plate", "well");

  /**
   * Finds the OME part: the attribute {@code ome}, or the attributes themselves where these say
   * what the group is and {@code ome} does not.
   *
   * @param group location of the group, for messages
   * @return empty if a group of Zarr v3 has neither; attributes of Zarr v2 always are one
   * @throws FormatException if it is no object, or of a version that is not supported
   */
  static Optional<OmeAttributes> find(ZarrFormat format, String group, ObjectNode attributes) {
    JsonView all = OmeForm.attributes(format, group, attributes);
    Optional<JsonView> ome = all.find(OmeForm.OME);
    boolean plain = tellsAKind(attributes);
    if (ome.filter(view -> tellsAKind(view.node())).isPresent()
        || (ome.isPresent() && !plain && format == ZarrFormat.V3)) {
      ome.get().requireObject();
      return Optional.of(new OmeAttributes(underOme(format, ome.get()), ome.get(), all));
    }
    return plain || format != ZarrFormat.V3
        ? Optional.of(new OmeAttributes(plain(format, all), all, all))
        : Optional.empty();
  }

  private static boolean tellsAKind(JsonNode node) {
    return KINDS.stream().anyMatch(node::hasNonNull);
  }

  private static OmeForm underOme(ZarrFormat format, JsonView ome) {
    Optional<VersionTag> tag = ome.find(OmeForm.VERSION).map(VersionTag::new);
    Optional<NgffVersion> release =
        tag.flatMap(VersionTag::release).filter(version -> version != NgffVersion.V0_4);
    NgffVersion version = release.orElseGet(() -> byShape(ome.node()));
    String text = release.isPresent() ? tag.orElseThrow().text() : version.text();
    return new OmeForm(version, text, format, Place.OME);
  }

  private static NgffVersion byShape(JsonNode ome) {
    return ome.path(MULTISCALES).path(0).has(CoordinateSystems.COORDINATE_SYSTEMS)
        ? NgffVersion.V0_6
        : NgffVersion.V0_5;
  }

  private static OmeForm plain(ZarrFormat format, JsonView attributes) {
    String text =
        versions(attributes)
            .filter(tag -> tag.release().filter(NgffVersion.V0_4::equals).isPresent())
            .map(VersionTag::text)
            .findFirst()
            .orElse(NgffVersion.V0_4.text());
    return new OmeForm(NgffVersion.V0_4, text, format, Place.ATTRIBUTES);
  }

  /** The versions of all parts, where these have one of their own. */
  private static Stream<VersionTag> versions(JsonView ome) {
    JsonNode multiscales = ome.node().path(MULTISCALES);
    Stream<JsonView> images =
        multiscales.isArray() ? ome.require(MULTISCALES).elements().stream() : Stream.empty();
    Stream<JsonView> others = KINDS.stream().flatMap(kind -> ome.find(kind).stream());
    return Stream.concat(images, others)
        .filter(part -> part.node().isObject())
        .flatMap(part -> part.find(OmeForm.VERSION).stream())
        .map(VersionTag::new);
  }

  /** Notes what is unusual, but says clearly enough how it is to be read. */
  void note(Problems problems) {
    if (form.place() == Place.OME) {
      noteVersion(problems);
      KINDS.stream()
          .filter(all.node()::hasNonNull)
          .map(all::require)
          .forEach(part -> problems.add(part, "is neither read nor changed, for 'ome' counts"));
    }
    versions(view)
        .filter(tag -> !tag.text().equals(form.tag()))
        .forEach(tag -> problems.add(tag.view(), "is " + tag.view().quote() + readAs()));
  }

  private void noteVersion(Problems problems) {
    Optional<JsonView> version = view.find(OmeForm.VERSION);
    if (version.isEmpty()) {
      problems.add(view, "has no version" + readAs());
    } else if (!version.get().node().asText().equals(form.tag())) {
      problems.add(version.get(), "is " + version.get().quote() + readAs());
    }
  }

  private String readAs() {
    return "; read as " + form.tag();
  }

  ObjectNode ome() {
    return (ObjectNode) view.node();
  }

  /** The same with a tree of its own. */
  OmeAttributes copy() {
    return new OmeAttributes(
        form, new JsonView(view.file(), view.field(), view.node().deepCopy()), all);
  }
}
