// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * What a run is about to do to a container, in the order in which it does it. That a journal is
 * there is the commit point.
 *
 * <p>Its file has one JSON object a line: run and container, then the steps, then a checksum.
 *
 * @param container for people
 * @param metadata whether the steps change metadata, copies of which other groups may hold
 * @param removal whether the container goes as a whole, so that its well lists it no more
 */
record Journal(
    RunInfo run, String container, boolean metadata, boolean removal, List<JournalEntry> entries) {
  private static final String VERSION = "ngff-spark journal";
  private static final int NUMBER = 2;
  private static final String CONTAINER = "container";
  private static final String METADATA = "metadata";
  private static final String REMOVAL = "removal";
  private static final String UNITS = "units";
  private static final String KEY = "key";
  private static final String STAGED = "staged";
  private static final String TREE = "tree";
  private static final String IN_TREE = ".ngff-spark-probe";
  private static final String BASE = "base";
  private static final String LENGTH = "length";
  private static final String CRC32C = "crc32c";

  /** Half of it is enough to tell it from the journal of a commit. */
  private static final byte[] UNDONE =
      ("{\"" + VERSION + "\":" + NUMBER + ",\"undone\":true}\n").getBytes(StandardCharsets.UTF_8);

  Journal {
    entries = List.copyOf(entries);
  }

  /** In the place of a journal: keeps a run that may live after all from writing one. */
  static ByteBuffer undone() {
    return ByteBuffer.wrap(Arrays.copyOf(UNDONE, UNDONE.length * 2));
  }

  static boolean isUndone(ByteBuffer bytes) {
    return bytes.remaining() >= UNDONE.length
        && bytes.slice(bytes.position(), UNDONE.length).equals(ByteBuffer.wrap(UNDONE));
  }

  /** Keys that change, below the container. */
  List<String> targets() {
    return entries.stream().map(JournalEntry::target).toList();
  }

  /** The same keys as {@link #targets}; of a tree, one that could be in it. */
  List<String> movable() {
    return entries.stream()
        .map(entry -> entry.isTree() ? entry.target() + "/" + IN_TREE : entry.target())
        .toList();
  }

  ByteBuffer encode() {
    SealedText text = new SealedText();
    try (JsonGenerator json = CommitJson.MAPPER.createGenerator(text)) {
      json.setRootValueSeparator(null);
      ObjectNode header = CommitJson.MAPPER.createObjectNode();
      header.put(VERSION, NUMBER).put(CONTAINER, container).put(METADATA, metadata);
      header.put(REMOVAL, removal).put(UNITS, entries.size()).setAll(CommitJson.of(run));
      json.writeTree(header);
      json.writeRaw('\n');
      for (JournalEntry entry : entries) {
        write(entry, json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.seal();
  }

  private static void write(JournalEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(KEY, entry.target());
    if (entry.isTree()) {
      json.writeBooleanField(TREE, true);
    } else if (!entry.isDeletion()) {
      json.writeStringField(STAGED, entry.staged());
      json.writeNumberField(LENGTH, entry.length());
      json.writeStringField(CRC32C, HexFormat.of().toHexDigits(entry.crc32c()));
      if (!entry.base().isEmpty()) {
        json.writeStringField(BASE, entry.base());
      }
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /**
   * The journal, or empty if the bytes are not a whole one.
   *
   * @throws FormatException if it is whole, and names what does not belong to the container or to
   *     the run, or is of another version
   */
  static Optional<Journal> decode(ByteBuffer bytes, CommitArea area) {
    return SealedText.open(bytes).map(text -> parse(text, area));
  }

  private static Journal parse(byte[] text, CommitArea area) {
    try (MappingIterator<JsonNode> lines =
        CommitJson.MAPPER.readerFor(JsonNode.class).readValues(text)) {
      JsonNode header = lines.next();
      if (header.path(VERSION).asInt() != NUMBER) {
        throw wrong(area, "it is of another version of ngff-spark: " + header);
      }
      List<JournalEntry> entries = new ArrayList<>();
      while (lines.hasNext()) {
        entries.add(entry(lines.next(), area));
      }
      return new Journal(
          CommitJson.run(header),
          header.path(CONTAINER).asText(),
          header.path(METADATA).asBoolean(),
          header.path(REMOVAL).asBoolean(),
          entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JournalEntry entry(JsonNode line, CommitArea area) {
    String key = line.path(KEY).asText();
    String staged = line.path(STAGED).asText();
    String base = line.path(BASE).asText();
    if (!isBelow(area.path(), key)) {
      throw wrong(area, "it names '" + key + "', which is no key of this image");
    }
    requireStaged(staged, area);
    requireStaged(base, area);
    if (line.path(TREE).asBoolean()) {
      return JournalEntry.tree(key);
    }
    return new JournalEntry(
        key,
        staged,
        line.path(LENGTH).asLong(),
        line.has(CRC32C) ? HexFormat.fromHexDigits(line.get(CRC32C).asText()) : 0,
        base);
  }

  private static void requireStaged(String name, CommitArea area) {
    if (!name.isEmpty()
        && !(name.startsWith(RunDirectory.UNITS + "/") && isBelow(area.path(), name))) {
      throw wrong(area, "it names '" + name + "', which the run did not stage");
    }
  }

  /** Whether a key is plain: it leads to itself below a node, without any detour. */
  static boolean isBelow(StorePath node, String key) {
    try {
      return node.resolve(key).path().equals(node.key(key));
    } catch (IllegalArgumentException notRelative) {
      return false;
    }
  }

  private static FormatException wrong(CommitArea area, String problem) {
    return new FormatException("the journal of " + area.path(), problem);
  }
}
