// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.image.ChannelSelection;
import org.ngffspark.image.Container;
import org.ngffspark.image.Masked;
import org.ngffspark.image.Masking;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Masked reads and writes, and pyramids after them, of containers that ngio made. */
final class GoldenMaskedTest {

  private static Container container(String name) throws IOException {
    MemoryStore store = new MemoryStore();
    Path root = Golden.path("images/" + name + ".zarr");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        store.write(root.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    return Container.open(StorePath.root(store));
  }

  @ParameterizedTest
  @CsvSource({
    "plane-v04, plane",
    "plane-v05-sharded, plane",
    "series-v04, series-v04",
    "series-v05, series-v05"
  })
  void objectsAreReadAndWrittenAsByNgio(String name, String cases) throws IOException {
    Container container = container(name);
    Map<String, NdArray> expected = NpyFile.readAll(Golden.path("images/" + cases + ".npz"));
    int compared = 0;
    for (JsonNode item : Golden.json("images/" + cases + ".json")) {
      Case one = new Case(container, item, expected);
      if (item.path("case").asText().equals("pyramid")) {
        one.assertPyramid();
      } else {
        one.assertRegion();
      }
      compared++;
    }
    assertThat(compared).isGreaterThan(20);
  }

  private record Case(Container container, JsonNode item, Map<String, NdArray> expected) {

    private ChannelSelection channels() {
      List<String> names = new ArrayList<>();
      item.path("channels").forEach(name -> names.add(name.asText()));
      if (names.isEmpty()) {
        return ChannelSelection.all();
      }
      if (item.path("channels").get(0).isInt()) {
        return ChannelSelection.indices(names.stream().mapToInt(Integer::parseInt).toArray());
      }
      if (names.get(0).startsWith("wavelength:")) {
        return ChannelSelection.wavelengths(names.get(0).substring("wavelength:".length()));
      }
      return ChannelSelection.labels(names.toArray(String[]::new));
    }

    private long id() {
      return item.get("id").asLong();
    }

    private Masked objects() {
      int level = item.get("level").asInt();
      Masking masking = Masking.by(item.get("label").asText());
      Masked objects =
          item.has("onLabel")
              ? container.maskedLabel(item.get("onLabel").asText(), masking, level)
              : container.maskedImage(masking, level).channels(channels());
      return objects.zoom(item.get("zoom").asDouble());
    }

    private NdArray expected(String what) {
      return expected.get(item.get("case").asText() + "/" + what);
    }

    void assertRegion() {
      Masked objects = objects();
      Golden.assertSame(item + " roi", objects.getRoi(id()).pixels(), expected("roi"));
      if (item.path("error").asBoolean()) {
        assertThatThrownBy(() -> objects.getRoiMasked(id()))
            .as("%s", item)
            .hasMessageContaining("differ by");
        return;
      }
      Golden.assertSame(item + " masked", objects.getRoiMasked(id()).pixels(), expected("masked"));
      if (!item.path("readOnly").asBoolean()) {
        assertWritten(objects);
      }
    }

    private void assertWritten(Masked objects) {
      NdArray before = objects.level().read().pixels();
      Patch patch = objects.getRoi(id());
      byte[] bytes = patch.pixels().bytes();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
      objects.setRoiMasked(id(), patch);
      NdArray after = objects.level().read().pixels();
      for (int i = 0; i < after.bytes().length; i++) {
        after.bytes()[i] ^= before.bytes()[i];
      }
      NdArray changed = expected("written");
      assertThat(after.shape()).isEqualTo(changed.shape());
      assertThat(after.bytes()).as("%s written", item).isEqualTo(changed.bytes());
      objects.level().array().write(org.ngffspark.zarr.nd.Box.whole(before.shape()), before);
    }

    void assertPyramid() {
      String label = item.get("label").asText();
      Masked image = container.maskedImage(label);
      Masked other = container.maskedLabel(item.get("onLabel").asText(), label);
      for (JsonNode node : item.get("ids")) {
        long id = node.asLong();
        Patch patch = image.getRoiMasked(id);
        for (int i = 0; i < patch.size(); i++) {
          patch.set(i, Math.floor(patch.value(i) / 2));
        }
        image.setRoiMasked(id, patch);
      }
      image.consolidate();
      for (JsonNode node : item.get("ids")) {
        long id = node.asLong();
        Patch patch = other.getRoiMasked(id);
        for (int i = 0; i < patch.size(); i++) {
          patch.setInteger(i, patch.integer(i) != 0 ? id : 0);
        }
        other.setRoiMasked(id, patch);
      }
      other.consolidate();
      for (int level = 0; level < container.levels(); level++) {
        Golden.assertSame(
            "image level " + level,
            container.image(level).read().pixels(),
            expected.get("pyramid/image/" + level));
        String name = "labels/" + item.get("onLabel").asText();
        Golden.assertSame(
            name + " level " + level,
            container.label(item.get("onLabel").asText(), level).read().pixels(),
            expected.get("pyramid/" + name + "/" + level));
      }
    }
  }
}
