// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * Metadata files as JSON trees. Reading is strict, for files are untrusted: a key that occurs
 * twice, text after the end, nesting deeper than 200, a file above 128 MiB or one whose values take
 * more than an eighth of the memory is a {@link FormatException}. What Python's reader takes is
 * taken: the bare words {@code NaN}, {@code Infinity} and {@code -Infinity}, and halves of
 * surrogate pairs in strings. These, and numbers however they are written, are the same in what is
 * written again.
 */
public final class Json {
  private static final int MAX_BYTES = 128 << 20;
  private static final int MAX_DEPTH = 200;

  /** Several may be read at once. */
  private static final long MAX_MEMORY = Runtime.getRuntime().maxMemory() / 8;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();
  // Line ends are fixed so that the same metadata is the same bytes on every system.
  private static final ObjectWriter WRITER =
      MAPPER
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .without(JsonWriteFeature.WRITE_NAN_AS_STRINGS);

  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads a file that holds one JSON object.
   *
   * @return empty if there is no such file
   * @throws FormatException if it is not a JSON object or breaks a limit
   */
  public static Optional<ObjectNode> read(StorePath file) {
    BufferSource limited =
        length -> {
          if (length > MAX_BYTES) {
            throw new FormatException(
                file.toString(),
                "metadata of " + length + " bytes; the limit is " + MAX_BYTES + " bytes");
          }
          return BufferSource.heap().take(length);
        };
    return file.store()
        .read(file.path(), limited)
        .map(bytes -> parseObject(bytes, file.toString()));
  }

  /**
   * Parses a JSON object.
   *
   * @param location where it comes from, for messages
   * @throws FormatException if it is not a JSON object or breaks a limit
   */
  public static ObjectNode parseObject(ByteBuffer bytes, String location) {
    JsonNode node = parse(bytes, location);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new FormatException(
        location, "should hold a JSON object, but holds " + kind(node) + " at the top");
  }

  private static JsonNode parse(ByteBuffer bytes, String location) {
    int from = bytes.arrayOffset() + bytes.position();
    try (JsonParser parser = MAPPER.createParser(bytes.array(), from, bytes.remaining())) {
      return new JsonTree(parser, MAX_MEMORY).read();
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String where =
          place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
      throw new FormatException(
          location, "not valid JSON" + where + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new FormatException(location, "not valid JSON: " + e.getMessage(), e);
    }
  }

  /** Writes a file in one step, indented, UTF-8. */
  public static void write(StorePath file, JsonNode node) {
    file.store().write(file.path(), bytes(node));
  }

  /** The text of a tree, indented, UTF-8. */
  public static ByteBuffer bytes(JsonNode node) {
    try {
      String text = WRITER.writeValueAsString(node);
      return ByteBuffer.wrap(escaped(text).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Halves of surrogate pairs, which UTF-8 has no bytes for; they stand in strings only. */
  private static String escaped(String text) {
    return LONE_SURROGATE
        .matcher(text)
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }

  /** What a node is, for messages: {@code a string}, {@code nothing} for a missing one. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      default -> "nothing";
    };
  }
}
