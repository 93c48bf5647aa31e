// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * Files damaged at random: whatever they hold, reading gives elements or a {@link FormatException}
 * that names the file. Seeded; {@code -Dngff.fuzz.iterations=} makes it longer.
 */
class ArrayFuzzTest {
  private static final int ITERATIONS = Integer.getInteger("ngff.fuzz.iterations", 1500);
  private static final long SEED = 20261123;

  /** So much may a read allocate beyond its result: some chunks and a few metadata trees. */
  private static final long MEMORY = 64L << 20;

  private static final String[] VALUES = {
    "null",
    "true",
    "-1",
    "0",
    "1",
    "2",
    "1.5",
    "1e308",
    "9007199254740993",
    "99999999999999999999",
    "''",
    "'x'",
    "'/'",
    "'bytes'",
    "'sharding_indexed'",
    "[]",
    "{}",
    "[1]",
    "[0,0,0]",
    "[1,1,1]",
    "[2147483647,2147483647,2147483647]",
    "[[[]]]",
    "{'name':'x'}",
    "{'must_understand':false}",
    "{'id':'zstd'}",
    "{'type':'blosc'}"
  };

  @Test
  void damagedMetadataIsReadOrRefused() {
    each(
        "metadata",
        (store, random) -> {
          String file = metadataFile(store);
          JsonNode node = Json.read(StorePath.root(store).child(file)).orElseThrow();
          if (random.nextBoolean()) {
            mix(node, random);
          } else {
            mutate(node, random);
          }
          store.write(file, Json.bytes(node));
        });
  }

  @Test
  void metadataOfFlippedBytesIsReadOrRefused() {
    each("metadata bytes", (store, random) -> damageText(store, metadataFile(store), random));
  }

  @Test
  void damagedChunksAndShardsAreReadOrRefused() {
    each(
        "chunks",
        (store, random) -> {
          List<String> units = store.list("0").stream().filter(key -> !isMetadata(key)).toList();
          for (int i = random.nextInt(3); i >= 0; i--) {
            damage(store, units.get(random.nextInt(units.size())), random);
          }
        });
  }

  private static void each(String what, Damage damage) {
    List<Map.Entry<String, ArrayMetadata>> layouts =
        List.copyOf(TestLayouts.all(DataType.UINT16).entrySet());
    int opened = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      long seed = SEED + i;
      SplittableRandom random = new SplittableRandom(seed);
      Map.Entry<String, ArrayMetadata> layout = layouts.get(random.nextInt(layouts.size()));
      MemoryStore store = new MemoryStore();
      ZarrArray array = ZarrArray.create(StorePath.root(store).child("0"), layout.getValue());
      NdArray content = NdArray.zeros(array.type(), array.shape());
      Arrays.fill(content.bytes(), 0, content.bytes().length / 2, (byte) random.nextInt(1, 99));
      array.write(Box.whole(array.shape()), content);
      damage.apply(store, random);
      String name = what + " of " + layout.getKey() + ", seed " + seed;
      long before = allocated();
      opened += readsAndWrites(store, name) ? 1 : 0;
      assertThat(allocated() - before).as("bytes allocated, %s", name).isLessThan(MEMORY);
    }
    assertThat(opened).as("rounds in which %s could be read", what).isGreaterThan(ITERATIONS / 5);
  }

  /** Whether the array could be opened, and was not too large to be read. */
  private static boolean readsAndWrites(Store store, String name) {
    boolean opened = false;
    try {
      ZarrArray array = ZarrArray.open(StorePath.root(store).child("0"));
      if (NdArray.byteLength(array.type(), array.chunks().chunk()) > 1 << 20) {
        return false;
      }
      opened = true;
      for (Box box : boxes(array)) {
        NdArray patch = array.read(box);
        array.write(box, patch);
      }
      array.existingUnits().forEach(array::readUnit);
    } catch (FormatException refused) {
      assertThat(refused).as(name).hasMessageContaining(store.uri() + "/0");
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError(name, wrong);
    }
    return opened;
  }

  /** The first and the last chunk, and what lies between them if it is not much. */
  private static List<Box> boxes(ZarrArray array) {
    List<Box> boxes = new ArrayList<>();
    if (array.shape().elements() > 0) {
      long[] first = new long[array.shape().rank()];
      long[] last = new long[first.length];
      Arrays.setAll(last, axis -> array.chunks().count(axis) - 1);
      boxes.add(array.chunks().box(GridPosition.of(first)));
      boxes.add(array.chunks().box(GridPosition.of(last)));
    }
    if (array.shape().elements() < 100_000) {
      boxes.add(Box.whole(array.shape()));
    }
    return boxes;
  }

  /** In every second round only a digit becomes another one, so that the text stays JSON. */
  private static void damageText(Store store, String key, SplittableRandom random) {
    byte[] bytes = bytes(store, key);
    int[] digits =
        IntStream.range(0, bytes.length).filter(at -> Character.isDigit(bytes[at])).toArray();
    if (random.nextBoolean()) {
      damage(store, key, random);
    } else {
      bytes[digits[random.nextInt(digits.length)]] = (byte) ('0' + random.nextInt(10));
      store.write(key, ByteBuffer.wrap(bytes));
    }
  }

  private static byte[] bytes(Store store, String key) {
    ByteBuffer value = store.read(key).orElseThrow();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  private static void damage(Store store, String key, SplittableRandom random) {
    byte[] bytes = bytes(store, key);
    switch (bytes.length == 0 ? 1 : random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(100_000));
      case 2 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      default -> {
        for (int i = 0; i < 8; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
    }
    store.write(key, ByteBuffer.wrap(bytes));
  }

  /** Takes one field from the metadata of another array of the same format. */
  private static void mix(JsonNode node, SplittableRandom random) {
    List<ArrayMetadata> others =
        TestLayouts.all(DataType.INT32).values().stream()
            .filter(other -> other.format().number() == node.path("zarr_format").intValue())
            .toList();
    ObjectNode other = others.get(random.nextInt(others.size())).toJson(Json.object());
    List<String> names = new ArrayList<>();
    other.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    ((ObjectNode) node).set(name, other.get(name));
  }

  /** Replaces or removes a random node of a tree. */
  private static void mutate(JsonNode node, SplittableRandom random) {
    List<JsonNode> parents = new ArrayList<>();
    collect(node, parents);
    JsonNode parent = parents.get(random.nextInt(parents.size()));
    JsonNode value = TestLayouts.json(VALUES[random.nextInt(VALUES.length)]);
    if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(8) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    } else if (parent instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (node.isContainerNode() && !node.isEmpty()) {
      parents.add(node);
      node.forEach(child -> collect(child, parents));
    }
  }

  private static String metadataFile(Store store) {
    return store.list("0").stream().filter(ArrayFuzzTest::isMetadata).findFirst().orElseThrow();
  }

  private static boolean isMetadata(String key) {
    return Stream.of(".zarray", "zarr.json", "attributes.json").anyMatch(key::endsWith);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private interface Damage {
    void apply(MemoryStore store, SplittableRandom random);
  }
}
