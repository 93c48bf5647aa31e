// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ngffspark.zarr.store.FormatException;

/**
 * Splits text into records and fields as RFC 4180 says: fields in quotes may hold commas, line ends
 * and doubled quotes. Lines end in LF or CRLF; a byte order mark is skipped.
 *
 * <p>Our own because a quoted field must stay apart from a bare one: {@code "5"} is a text, {@code
 * ""} an empty one, nothing at all a missing value.
 */
public final class CsvReader {
  private final String location;
  private final String text;
  private final List<String> fields = new ArrayList<>();
  private final BitSet quoted = new BitSet();
  private int position;
  private int line = 1;
  private int recordLine = 1;

  /**
   * @param location of the text, for errors
   */
  public CsvReader(String location, String text) {
    this.location = location;
    this.text = text;
    this.position = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /**
   * Reads the next record.
   *
   * @return false at the end of the text
   * @throws FormatException if a quoted field is not closed or has text behind it
   */
  public boolean next() {
    fields.clear();
    quoted.clear();
    if (position >= text.length()) {
      return false;
    }
    recordLine = line;
    boolean more = true;
    while (more) {
      if (position < text.length() && text.charAt(position) == '"') {
        quoted.set(fields.size());
        fields.add(quotedField());
      } else {
        fields.add(bareField());
      }
      more = position < text.length() && text.charAt(position) == ',';
      position += more ? 1 : 0;
    }
    skipLineEnd();
    return true;
  }

  private String bareField() {
    int start = position;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ',' || c == '\n' || (c == '\r' && isLineEnd(position))) {
        break;
      }
      position++;
    }
    return text.substring(start, position);
  }

  private String quotedField() {
    int opened = line;
    int start = position + 1;
    int close = text.indexOf('"', start);
    while (close >= 0 && close + 1 < text.length() && text.charAt(close + 1) == '"') {
      close = text.indexOf('"', close + 2);
    }
    if (close < 0) {
      throw new FormatException(location, "the quote opened in line " + opened + " is not closed");
    }
    String field = text.substring(start, close);
    line += (int) field.chars().filter(c -> c == '\n').count();
    position = close + 1;
    if (position < text.length() && text.charAt(position) != ',' && !isLineEnd(position)) {
      throw new FormatException(
          location, "text follows the closing quote of a field in line " + line);
    }
    return field.indexOf('"') < 0 ? field : field.replace("\"\"", "\"");
  }

  private boolean isLineEnd(int at) {
    return text.charAt(at) == '\n' || text.startsWith("\r\n", at);
  }

  private void skipLineEnd() {
    if (position < text.length()) {
      position += text.charAt(position) == '\r' ? 2 : 1;
      line++;
    }
  }

  /** The fields of the record. */
  public List<String> fields() {
    return List.copyOf(fields);
  }

  /** The number of fields of the record. */
  int size() {
    return fields.size();
  }

  String field(int index) {
    return fields.get(index);
  }

  boolean isQuoted(int index) {
    return quoted.get(index);
  }

  /** True for a line without any character. */
  public boolean isBlank() {
    return fields.size() == 1 && fields.get(0).isEmpty() && !quoted.get(0);
  }

  /** The line in which the record began, from 1. */
  public int line() {
    return recordLine;
  }
}
