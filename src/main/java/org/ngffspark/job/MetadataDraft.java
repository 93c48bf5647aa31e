// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.commit.ImageTransaction;
import org.ngffspark.commit.StagedUnit;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * Metadata of a container as they will be, written in memory by the code that writes them anywhere,
 * then staged as a whole.
 */
final class MetadataDraft {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FILES = List.of(".zgroup", ".zattrs", ".zarray", "zarr.json");

  private final StorePath root = StorePath.root(new MemoryStore());
  private final Map<String, ByteBuffer> copied = new TreeMap<>();

  /** The container in memory. */
  StorePath root() {
    return root;
  }

  /** Copies the metadata files of one node of a container. */
  void copy(StorePath container, String node) {
    for (String file : FILES) {
      String key = node.isEmpty() ? file : node + "/" + file;
      container
          .store()
          .read(container.key(key))
          .ifPresent(
              value -> {
                copied.put(key, value.duplicate());
                root.store().write(key, value);
              });
    }
  }

  /** Stages every metadata file that is new or has changed, the container's own group last. */
  List<StagedUnit> stage(ImageTransaction transaction) {
    List<String> keys = new ArrayList<>(root.store().list(""));
    keys.sort(Comparator.comparingInt(MetadataDraft::depth).reversed().thenComparing(key -> key));
    List<StagedUnit> staged = new ArrayList<>();
    for (String key : keys) {
      ByteBuffer value = root.store().read(key).orElseThrow();
      if (isMetadata(key) && !value.equals(copied.get(key))) {
        staged.add(transaction.stageMetadata(key, parse(key, value)));
      }
    }
    return staged;
  }

  /** Stages what lies in the draft besides metadata: chunks and files of tables. */
  List<StagedUnit> stageUnits(ImageTransaction transaction) {
    return root.store().list("").stream()
        .filter(key -> !isMetadata(key))
        .map(key -> transaction.stage().put(key, root.store().read(key).orElseThrow()))
        .toList();
  }

  private static boolean isMetadata(String key) {
    return FILES.contains(key.substring(key.lastIndexOf('/') + 1));
  }

  private static int depth(String key) {
    return (int) key.chars().filter(character -> character == '/').count();
  }

  private static ObjectNode parse(String key, ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    try {
      return (ObjectNode) JSON.readTree(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    } catch (JsonProcessingException malformed) {
      throw new FormatException(
          key, "it is not JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }
}
