// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.Problems;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Metadata mutated at random: they are read, or refused by a message that names the file. */
class HostileMetadataTest {
  private static final int ROUNDS = Integer.getInteger("ngff.fuzz.iterations", 4000);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String FILE = "some";

  @Test
  void imagesAreReadOrRefused() {
    int refused = fuzz(Samples.IMAGE_0_4, HostileMetadataTest::readImage);
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void platesAreReadOrRefused() {
    int refused =
        fuzz(Samples.PLATE_0_4, json -> PlateParser.parse(attributes(json), new Problems()));
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void wellsAreReadOrRefused() {
    String well = Samples.json(Samples.WELL_0_5).get("ome").toString().replace("0.5", "0.4");
    int refused = fuzz(well, json -> WellParser.parse(attributes(json), new Problems()));
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void groupsInAStoreAreReadOrRefused() {
    StorePath path = StorePath.root(new MemoryStore()).child(FILE);
    int refused =
        fuzz(
            Samples.IMAGE_0_5,
            json -> {
              path.store().deleteTree(path.path());
              Group.create(path, ZarrFormat.V3, json);
              ContainerKind.find(path);
              ImageNode.open(path);
            });
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void listsOfLabelsAreReadOrRefused() {
    StorePath path = StorePath.root(new MemoryStore()).child(FILE);
    LabelList labels = new LabelList(path, OmeForm.of(NgffVersion.V0_5));
    int[] listed = new int[8];
    int refused =
        fuzz(
            "{\"ome\": {\"version\": \"0.5\", \"labels\": [\"nuclei\", \"cells\"]}}",
            json -> {
              path.store().deleteTree(path.path());
              Group.create(labels.path(), ZarrFormat.V3, json);
              assertThat(labels.names()).doesNotContain("..", "");
              listed[labels.names().size()]++;
              labels.add("new");
              labels.remove("nuclei");
              assertThat(labels.names()).contains("new").doesNotContain("nuclei");
            });
    assertThat(refused).as("refused for numbers of more than 1,000 digits").isLessThan(ROUNDS / 5);
    assertThat(Arrays.copyOf(listed, 3)).as("lists by length").doesNotContain(0);
  }

  /** What can be read must hold its promises, and be changed and written without an error. */
  private static void readImage(ObjectNode json) {
    ImageMetadata image = ImageMetadata.parse(attributes(json));
    for (Dataset level : image.datasets()) {
      assertThat(level.scale()).hasSize(image.axes().rank()).allMatch(value -> value > 0);
      assertThat(level.path()).doesNotContain("..").doesNotStartWith("/");
    }
    image.derived("other");
    image.derivedLabel("label");
    image.withDatasets(image.datasets().subList(0, 1));
  }

  private static OmeAttributes attributes(ObjectNode json) {
    return OmeAttributes.find(ZarrFormat.V2, FILE, json).orElseThrow();
  }

  private static int fuzz(String valid, Consumer<ObjectNode> parser) {
    int refused = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ObjectNode json = Samples.json(valid);
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        mutate(json, random);
      }
      try {
        parser.accept(json);
      } catch (FormatException refusal) {
        assertThat(refusal).as("seed %d", seed).hasMessageContaining(FILE);
        refused++;
      } catch (RuntimeException other) {
        fail("seed " + seed + " made " + json, other);
      }
    }
    return refused;
  }

  private static void mutate(ObjectNode root, SplittableRandom random) {
    List<ContainerNode<?>> containers = new ArrayList<>();
    collect(root, containers);
    containers.removeIf(ContainerNode::isEmpty);
    if (containers.isEmpty()) {
      return;
    }
    ContainerNode<?> place = containers.get(random.nextInt(containers.size()));
    int index = random.nextInt(place.size());
    if (place instanceof ArrayNode array) {
      switch (random.nextInt(4)) {
        case 0 -> array.remove(index);
        case 1 -> array.add(array.get(index).deepCopy());
        case 2 -> array.insert(0, array.remove(index));
        default -> array.set(index, value(root, random));
      }
    } else if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (random.nextInt(3) == 0) {
        object.remove(names.get(index));
      } else {
        object.set(names.get(index), value(root, random));
      }
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
    if (node instanceof ContainerNode<?> container) {
      containers.add(container);
    }
    node.forEach(child -> collect(child, containers));
  }

  private static JsonNode value(ObjectNode root, SplittableRandom random) {
    List<JsonNode> values =
        List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(0.5),
            JSON.numberNode(Double.NaN),
            JSON.numberNode(Double.POSITIVE_INFINITY),
            JSON.numberNode(Double.MAX_VALUE),
            JSON.numberNode(Double.MIN_VALUE),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.numberNode(BigInteger.TWO.pow(5000)),
            JSON.textNode(""),
            JSON.textNode(".."),
            JSON.textNode("../../../etc/passwd"),
            JSON.textNode("/etc/passwd"),
            JSON.textNode("a\\..\\b"),
            JSON.textNode("nul\0"),
            JSON.textNode("0.4"),
            JSON.textNode("x".repeat(5000)),
            JSON.objectNode(),
            JSON.arrayNode(),
            root.deepCopy());
    return values.get(random.nextInt(values.size()));
  }
}
