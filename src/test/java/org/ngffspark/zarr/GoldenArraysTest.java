// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.GridPosition;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

/** Arrays of every codec, layout, type and fill value that zarr-python has written. */
class GoldenArraysTest {
  private final StorePath golden = StorePath.root(LocalStore.at(Golden.path("arrays")));

  @TestFactory
  Stream<DynamicTest> arraysOfZarrPythonAreReadBitForBit() {
    return golden(
        "expected",
        (array, expected) ->
            Golden.assertSame(array.path().path(), array.read(Box.whole(array.shape())), expected));
  }

  @TestFactory
  Stream<DynamicTest> arraysCopiedThroughOurWriterHoldTheSame() {
    return golden(
        "rewritten",
        (array, expected) -> {
          StorePath copy = StorePath.root(new MemoryStore());
          ZarrArray.create(copy, array.metadata())
              .write(Box.whole(array.shape()), array.read(Box.whole(array.shape())));
          ZarrArray reopened = ZarrArray.open(copy, array.metadata().format());
          assertThat(reopened.metadata()).isEqualTo(array.metadata());
          Golden.assertSame(copy.toString(), reopened.read(Box.whole(array.shape())), expected);
        });
  }

  @Test
  void valuesThatAFilterDoesNotGiveBackAreRefused() {
    for (JsonNode entry : Golden.json("arrays/index.json")) {
      if (entry.has("refused")) {
        ZarrArray array = ZarrArray.open(golden.child(entry.get("array").textValue()));
        Box whole = Box.whole(array.shape());
        ZarrArray copy = ZarrArray.create(StorePath.root(new MemoryStore()), array.metadata());
        NdArray content = array.read(whole);
        assertThatThrownBy(() -> copy.write(whole, content))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("The filter 'delta' stores elements of <u4 as <u2")
            .hasMessageContaining("does not come back");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> unitsCopiedAsBytesHoldTheSame() {
    return golden(
        "expected",
        (array, expected) -> {
          ZarrArray copy = ZarrArray.at(StorePath.root(new MemoryStore()), array.metadata());
          for (GridPosition unit : array.existingUnits()) {
            Optional<ByteBuffer> value = array.readUnit(unit);
            copy.path().store().write(copy.key(unit), value.orElseThrow());
          }
          assertThat(copy.existingUnits()).isEqualTo(array.existingUnits());
          Golden.assertSame(copy.toString(), copy.read(Box.whole(array.shape())), expected);
        });
  }

  /**
   * @param content what the check gets where the index names it, and else what arrays hold: lossy
   *     codecs make something else of what they gave
   */
  private Stream<DynamicTest> golden(String content, Check check) {
    return StreamSupport.stream(Golden.json("arrays/index.json").spliterator(), false)
        .filter(entry -> content.equals("expected") || !entry.has("refused"))
        .map(
            entry -> {
              String name = entry.get("array").textValue();
              return dynamicTest(
                  name,
                  () -> {
                    ZarrArray array = ZarrArray.open(golden.child(name));
                    String file = entry.path(content).asText(entry.get("expected").textValue());
                    NdArray expected = NpyFile.read(Golden.path("arrays/" + file));
                    check.run(array, expected);
                  });
            });
  }

  private interface Check {
    void run(ZarrArray array, NdArray expected);
  }
}
