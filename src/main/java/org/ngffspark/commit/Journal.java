// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.FormatException;

/**
 * What a run is about to do to a container, in the order in which it does it. That a journal is
 * there is the commit point; a journal without a decision to commit keeps a run that was declared
 * dead from committing.
 *
 * <p>Its file has one JSON object a line: run and container, then the steps, then a checksum.
 */
record Journal(RunInfo run, boolean committed, String container, List<JournalEntry> entries) {
  private static final String VERSION = "ngff-spark journal";
  private static final int NUMBER = 1;
  private static final String COMMITTED = "committed";
  private static final String CONTAINER = "container";
  private static final String UNITS = "units";
  private static final String KEY = "key";
  private static final String STAGED = "staged";
  private static final String LENGTH = "length";
  private static final String CRC32C = "crc32c";

  Journal {
    entries = List.copyOf(entries);
  }

  ByteBuffer encode() {
    SealedText text = new SealedText();
    try (JsonGenerator json = CommitJson.MAPPER.createGenerator(text)) {
      json.setRootValueSeparator(null);
      ObjectNode header = CommitJson.MAPPER.createObjectNode();
      header.put(VERSION, NUMBER).put(COMMITTED, committed).put(CONTAINER, container);
      header.put(UNITS, entries.size()).setAll(CommitJson.of(run));
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
    if (!entry.isDeletion()) {
      json.writeStringField(STAGED, entry.staged());
      json.writeNumberField(LENGTH, entry.length());
      json.writeStringField(CRC32C, HexFormat.of().toHexDigits(entry.crc32c()));
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** The journal, or empty if the bytes are not a whole one. */
  static Optional<Journal> decode(ByteBuffer bytes) {
    return SealedText.open(bytes).map(Journal::parse);
  }

  private static Journal parse(byte[] text) {
    try (MappingIterator<JsonNode> lines =
        CommitJson.MAPPER.readerFor(JsonNode.class).readValues(text)) {
      JsonNode header = lines.next();
      if (header.path(VERSION).asInt() != NUMBER) {
        throw new FormatException("journal", "it is of another version of ngff-spark: " + header);
      }
      List<JournalEntry> entries = new ArrayList<>();
      while (lines.hasNext()) {
        entries.add(entry(lines.next()));
      }
      return new Journal(
          CommitJson.run(header),
          header.path(COMMITTED).asBoolean(),
          header.path(CONTAINER).asText(),
          entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JournalEntry entry(JsonNode line) {
    return new JournalEntry(
        line.path(KEY).asText(),
        line.path(STAGED).asText(),
        line.path(LENGTH).asLong(),
        line.has(CRC32C) ? HexFormat.fromHexDigits(line.get(CRC32C).asText()) : 0);
  }
}
