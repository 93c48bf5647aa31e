// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Works the changes of one writer into a JSON object that another has changed too. Objects are
 * merged field by field and lists of names element by element; of everything else one of the two
 * may have changed it.
 */
final class MetadataMerge {
  private MetadataMerge() {}

  /**
   * The object with both changes.
   *
   * @param before what both started from
   * @param mine what one made of it
   * @param theirs what the other made of it
   * @throws MetadataConflictException if both have changed one value
   */
  static ObjectNode of(ObjectNode before, ObjectNode mine, ObjectNode theirs) {
    return theirs.equals(before) ? mine : merged(before, mine, theirs, "");
  }

  private static ObjectNode merged(
      ObjectNode before, ObjectNode mine, ObjectNode theirs, String path) {
    ObjectNode result = theirs.deepCopy();
    Set<String> names = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(names::add);
    mine.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String field = path.isEmpty() ? name : path + "/" + name;
      value(before.path(name), mine.path(name), theirs.path(name), field)
          .ifPresentOrElse(value -> result.set(name, value), () -> result.remove(name));
    }
    return result;
  }

  /** The value of one field; empty if it is to go. */
  private static Optional<JsonNode> value(
      JsonNode before, JsonNode mine, JsonNode theirs, String field) {
    if (mine.equals(before) || mine.equals(theirs)) {
      return present(theirs);
    }
    if (theirs.equals(before)) {
      return present(mine);
    }
    if (before instanceof ObjectNode old
        && mine instanceof ObjectNode one
        && theirs instanceof ObjectNode other) {
      return Optional.of(merged(old, one, other, field));
    }
    if (areNames(before) && areNames(mine) && areNames(theirs)) {
      return Optional.of(names(before, mine, theirs));
    }
    throw new MetadataConflictException(field, "was " + shown(before) + " and is " + shown(theirs));
  }

  private static Optional<JsonNode> present(JsonNode value) {
    return Optional.of(value).filter(each -> !each.isMissingNode());
  }

  private static boolean areNames(JsonNode value) {
    return value.isArray()
        && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
  }

  private static ArrayNode names(JsonNode before, JsonNode mine, JsonNode theirs) {
    Set<JsonNode> result = new LinkedHashSet<>();
    theirs.forEach(result::add);
    before.forEach(
        name -> {
          if (!contains(mine, name)) {
            result.remove(name);
          }
        });
    mine.forEach(
        name -> {
          if (!contains(before, name)) {
            result.add(name);
          }
        });
    return CommitJson.MAPPER.createArrayNode().addAll(result);
  }

  private static boolean contains(JsonNode names, JsonNode name) {
    return StreamSupport.stream(names.spliterator(), false).anyMatch(name::equals);
  }

  /** A value for messages, cut where it is long. */
  static String shown(JsonNode value) {
    int most = 80;
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() <= most ? text : text.substring(0, most) + " …";
  }
}
