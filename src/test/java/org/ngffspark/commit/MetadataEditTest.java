// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.StorePath;

final class MetadataEditTest {
  private final StorePath image = new StorePath(new MemoryStore(), "image");

  private static ByteBuffer bytes(String json) {
    return ByteBuffer.wrap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode json(String text) {
    return Json.parseObject(bytes(text), "test");
  }

  private void write(String key, String json) {
    image.store().write(image.key(key), bytes(json));
  }

  private String read(String key) {
    return Json.read(image.child(key)).orElseThrow().toString().replace('"', '\'');
  }

  private void commit(MetadataEdit edit, CommitInputs inputs) {
    try (ImageTransaction transaction =
        ImageTransaction.begin(image, CommitScenario.liveRun(), CommitOptions.standard())) {
      transaction.commit(List.of(), List.of(edit), inputs);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':1}                  | {'a':2}              | {'a':1,'note':'x'}     | {'a':2,'note':'x'}
          {'a':1,'b':1}            | {'a':1}              | {'a':1,'b':1,'c':1}    | {'a':1,'c':1}
          {'a':1}                  | {'a':1,'b':{'c':1}}  | {'a':7}                | {'a':7,'b':{'c':1}}
          {'o':{'a':1}}            | {'o':{'a':1,'b':2}}  | {'o':{'a':1,'c':3}}    | {'o':{'a':1,'c':3,'b':2}}
          {'a':1}                  | {'a':2}              | {'a':2,'n':1}          | {'a':2,'n':1}
          {'labels':['a','b']}     | {'labels':['a','c']} | {'labels':['a','b','d']} | {'labels':['a','d','c']}
          """)
  void whatOthersHaveChangedStays(String before, String mine, String now, String expected) {
    write(".zattrs", now);
    commit(new MetadataEdit.Change(".zattrs", json(before), json(mine)), CommitInputs.of(image));
    assertThat(read(".zattrs")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':1}           | {'a':2}           | {'a':3}            | 'a' in .zattrs was 1 and is 3
          {'a':1}           | {}                | {'a':3}            | 'a' in .zattrs was 1 and is 3
          {}                | {'a':1}           | {'a':3}            | 'a' in .zattrs was missing and is 3
          {'o':{'a':[{}]}}  | {'o':{'a':[]}}    | {'o':{'a':[{},{}]}} | 'o/a' in .zattrs was [{}] and is [{},{}]
          {'o':{'a':1}}     | {'o':{'a':2}}     | {}                 | 'o' in .zattrs was {'a':1} and is missing
          """)
  void twoChangesOfOneValueFailTheImage(String before, String mine, String now, String problem) {
    write(".zattrs", now);
    assertThatThrownBy(
            () ->
                commit(
                    new MetadataEdit.Change(".zattrs", json(before), json(mine)),
                    CommitInputs.of(image)))
        .isInstanceOf(InputChangedException.class)
        .satisfies(e -> assertThat(e.getMessage().replace('"', '\'')).contains(problem));
    assertThat(read(".zattrs")).isEqualTo(json(now).toString().replace('"', '\''));
    assertThat(image.store().list("")).containsExactly("image/.zattrs");
  }

  @Test
  void aFileThatCameOrWentMeanwhileFailsTheImage() {
    MetadataEdit change = new MetadataEdit.Change(".zattrs", json("{}"), json("{'a':1}"));
    assertThatThrownBy(() -> commit(change, CommitInputs.of(image)))
        .isInstanceOf(InputChangedException.class)
        .hasMessageContaining(".zattrs is missing now");
    write(".zattrs", "{'b':1}");
    MetadataEdit create = new MetadataEdit.Create(".zattrs", json("{'a':1}"));
    assertThatThrownBy(() -> commit(create, CommitInputs.of(image)))
        .isInstanceOf(InputChangedException.class)
        .hasMessageContaining(".zattrs was missing and is there now");
    commit(new MetadataEdit.Replace(".zattrs", json("{'a':1}")), CommitInputs.of(image));
    assertThat(read(".zattrs")).isEqualTo("{'a':1}");
  }

  @Test
  void copiesOfOtherMetadataAreNoChangeAndGo() {
    String copies = "'consolidated_metadata':{'metadata':{'0':%d}}";
    write("zarr.json", "{'node_type':'group'," + copies.formatted(2) + "}");
    ObjectNode before = json("{'node_type':'group'," + copies.formatted(1) + "}");
    commit(
        new MetadataEdit.Change("zarr.json", before, json("{'node_type':'group','a':1}")),
        CommitInputs.of(image));
    assertThat(read("zarr.json")).isEqualTo("{'node_type':'group','a':1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          .zattrs   | {'multiscales':[1],'x':1} | {'multiscales':[1],'y':2}
          .zattrs   | {'labels':['a']}          | {'labels':['b','a'],'note':1}
          .zattrs   | {'tables':['a']}          | {'tables':['a','b']}
          zarr.json | {'node_type':'group','attributes':{'ome':{'multiscales':[1]},'x':1}} | {'node_type':'group','attributes':{'ome':{'multiscales':[1]}},'consolidated_metadata':{}}
          """)
  void whatAnImageDoesNotDependOnMayChange(String key, String before, String now) {
    assertThat(difference(key, before, now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          .zattrs   | {'multiscales':[1]} | {'multiscales':[2]}        | 'multiscales' in .zattrs was [1] and is [2]
          .zattrs   | {'labels':['a']}    | {'labels':['b']}           | 'labels' in .zattrs
          0/.zarray | {'fill_value':0}    | {'fill_value':1}           | 'fill_value' in 0/.zarray was 0 and is 1
          zarr.json | {'attributes':{'ome':{'version':'0.5'}}} | {'attributes':{}} | 'attributes/ome' in zarr.json
          .zattrs   | {'multiscales':[1]} | {'multiscales':[1]         | 'multiscales' in .zattrs was [1] and is missing
          tables/t/.zattrs | {'region':{'path':'../labels/n'}} | {'region':{'path':'../labels/m'}} | 'region/path'
          """)
  void whatAnImageDependsOnMayNot(String key, String before, String now, String problem) {
    assertThat(difference(key, before, now))
        .hasValueSatisfying(text -> assertThat(text.replace('"', '\'')).contains(problem));
  }

  private Optional<String> difference(String key, String before, String now) {
    write(key, now);
    CommitInputs inputs =
        CommitInputs.of(image).withMetadata(Map.of(key, Optional.of(bytes(before))));
    try {
      inputs.requireUnchanged();
      return Optional.empty();
    } catch (InputChangedException changed) {
      return Optional.of(changed.getMessage());
    }
  }

  @Test
  void metadataThatCameOrWentAreAChange() {
    write("0/.zarray", "{}");
    CommitInputs came = CommitInputs.of(image).withMetadata(Map.of("0/.zarray", Optional.empty()));
    assertThatThrownBy(came::requireUnchanged)
        .hasMessageContaining("0/.zarray was missing and is 2");
    CommitInputs went =
        CommitInputs.of(image).withMetadata(Map.of("1/.zarray", Optional.of(bytes("{}"))));
    assertThatThrownBy(went::requireUnchanged).hasMessageContaining("and is missing");
  }
}
