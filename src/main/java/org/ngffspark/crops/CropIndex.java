// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.ngffspark.table.CsvReader;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;

/**
 * What the files of one image are cut-outs of: {@code index.csv} beside them, a line for each
 * object, which says how to put them back.
 *
 * @param cut what all objects of the image have in common; empty if there are none
 * @param boxes where each object lies in its level, in pixels, by id
 */
public record CropIndex(Optional<Cut> cut, SortedMap<Long, Box> boxes) {
  /** Name of the file. */
  public static final String FILE = "index.csv";

  private static final List<String> OWN = List.of("id", "start", "shape");
  private static final List<String> HEADER =
      Stream.concat(OWN.stream(), Cut.COLUMNS.stream()).toList();

  public CropIndex {
    SortedMap<Long, Box> sorted = new TreeMap<>(Long::compareUnsigned);
    sorted.putAll(boxes);
    boxes = sorted;
  }

  static CropIndex of(Cut cut, List<Crop> crops) {
    SortedMap<Long, Box> boxes = new TreeMap<>(Long::compareUnsigned);
    crops.forEach(crop -> boxes.put(crop.label(), crop.box()));
    return new CropIndex(boxes.isEmpty() ? Optional.empty() : Optional.of(cut), boxes);
  }

  /** Writes the index into a folder, over what is there. */
  void write(StorePath folder) {
    StringBuilder text = new StringBuilder(line(HEADER));
    List<String> common = cut.map(Cut::fields).orElse(List.of());
    boxes.forEach(
        (id, box) -> {
          List<String> fields = new ArrayList<>();
          fields.add(Long.toUnsignedString(id));
          fields.add(lengths(LongStream.range(0, box.rank()).map(i -> box.start((int) i))));
          fields.add(lengths(Arrays.stream(box.shape().toArray())));
          fields.addAll(common);
          text.append(line(fields));
        });
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    folder.store().write(folder.key(FILE), ByteBuffer.wrap(bytes));
  }

  private static String lengths(LongStream values) {
    return Cut.joined(values.boxed().toList());
  }

  private static String line(List<String> fields) {
    List<String> quoted = new ArrayList<>();
    for (String field : fields) {
      quoted.add(field.matches("[^,\"\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"');
    }
    return String.join(",", quoted) + "\n";
  }

  /**
   * Reads the index of a folder.
   *
   * @throws IllegalArgumentException if there is none
   * @throws FormatException if it is not as {@code crops} writes it
   */
  public static CropIndex read(StorePath folder) {
    StorePath file = folder.child(FILE);
    ByteBuffer bytes =
        folder
            .store()
            .read(folder.key(FILE))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No " + file + "; crops writes it beside its files, keep it with them"));
    CsvReader csv = new CsvReader(file.toString(), StandardCharsets.UTF_8.decode(bytes).toString());
    if (!csv.next() || !csv.fields().equals(HEADER)) {
      throw new FormatException(file.toString(), "its first line is not " + line(HEADER).strip());
    }
    Optional<Cut> cut = Optional.empty();
    SortedMap<Long, Box> boxes = new TreeMap<>(Long::compareUnsigned);
    while (csv.next()) {
      if (!csv.isBlank()) {
        Cut own = row(file, csv, boxes);
        if (!cut.orElse(own).equals(own)) {
          throw new FormatException(
              file.toString(), "line " + csv.line() + " was cut otherwise than those before it");
        }
        cut = Optional.of(own);
      }
    }
    return new CropIndex(cut, boxes);
  }

  private static Cut row(StorePath file, CsvReader csv, SortedMap<Long, Box> boxes) {
    try {
      List<String> fields = csv.fields();
      if (fields.size() != HEADER.size()) {
        throw new IllegalArgumentException(
            "it has " + fields.size() + " fields, expected " + HEADER.size());
      }
      long id = Long.parseUnsignedLong(fields.get(0));
      if (boxes.put(id, box(fields.get(1), fields.get(2))) != null) {
        throw new IllegalArgumentException("id " + fields.get(0) + " comes twice");
      }
      return Cut.of(fields.subList(OWN.size(), fields.size()));
    } catch (IllegalArgumentException wrong) {
      throw new FormatException(
          file.toString(), "line " + csv.line() + ": " + wrong.getMessage(), wrong);
    }
  }

  private static Box box(String starts, String lengths) {
    long[] start = Cut.split(starts).stream().mapToLong(Long::parseLong).toArray();
    long[] stop = Cut.split(lengths).stream().mapToLong(Long::parseLong).toArray();
    if (start.length != stop.length) {
      throw new IllegalArgumentException("start '" + starts + "' does not fit '" + lengths + "'");
    }
    for (int axis = 0; axis < stop.length; axis++) {
      stop[axis] = Math.addExact(start[axis], stop[axis]);
    }
    return Box.of(start, stop);
  }
}
