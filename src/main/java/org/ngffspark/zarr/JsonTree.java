// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Builds the tree of one document from its tokens; numbers keep the text that they had. What the
 * tree takes is summed up on the way: a few bytes of text can be a hundred times as much memory.
 */
final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Bytes of memory, about, on a 64-bit machine: nodes with their maps, lists and entries. */
  private static final int OBJECT = 120;

  private static final int FIELD = 130;
  private static final int LIST = 100;
  private static final int VALUE = 40;

  private final JsonParser parser;
  private final long limit;
  private long bytes;

  /**
   * @param limit bytes that the tree may take
   */
  JsonTree(JsonParser parser, long limit) {
    this.parser = parser;
    this.limit = limit;
  }

  /**
   * The document; a missing node if there is none.
   *
   * @throws IOException if it is no JSON, or something follows it, or it takes too much memory
   */
  JsonNode read() throws IOException {
    if (parser.nextToken() == null) {
      return NODES.missingNode();
    }
    JsonNode root = value();
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "something follows the end of the document");
    }
    return root;
  }

  private void take(int more) throws IOException {
    bytes += more;
    if (bytes > limit) {
      throw new JsonParseException(
          parser, "the values take more than " + (limit >> 20) + " MiB of memory");
    }
  }

  private JsonNode value() throws IOException {
    take(VALUE + (parser.currentToken().isScalarValue() ? parser.getTextLength() : 0));
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> SourceNumber.of(parser.getText(), parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new JsonParseException(parser, "a value is missing");
    };
  }

  private ObjectNode object() throws IOException {
    take(OBJECT);
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      take(FIELD + name.length());
      parser.nextToken();
      object.set(name, value());
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    take(LIST);
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }
}
