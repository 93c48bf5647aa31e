// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.LocalStoreTest.everything;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links in and around a local store. */
final class LocalLinksTest {
  @TempDir Path directory;

  @Test
  void deleteKeepsLinksToDirectories() throws IOException {
    LocalStore store = LocalStore.at(directory);
    store.write("real/a", bytes(1));
    store.write("real/b", bytes(2));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    store.delete("link/a");
    assertThat(everything(directory)).containsExactly("link", "real", "real/b");
    assertThat(store.read("link/b")).isPresent();
  }

  @Test
  void linksThatLeadOutAreRefused() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.write(outside.resolve("secret"), new byte[] {1});
    Files.createSymbolicLink(root.resolve("dir"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
    LocalStore store = LocalStore.at(root);
    List<Callable<?>> attempts =
        List.of(
            () -> store.read("dir/secret"),
            () -> store.read("file"),
            () -> store.status("file"),
            () -> store.status("dir/secret"),
            () -> store.list(""),
            () -> store.list("dir"),
            () -> store.writeIfAbsent("dir/new", bytes(1)));
    for (Callable<?> attempt : attempts) {
      assertThatThrownBy(attempt::call)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("leads out of");
    }
    assertThatThrownBy(() -> store.write("dir/deeper/new", bytes(1)))
        .hasMessageContaining("leads out of");
    assertThatThrownBy(() -> store.delete("dir/secret")).hasMessageContaining("leads out of");
    assertThatThrownBy(() -> store.deleteTree("dir")).hasMessageContaining("leads out of");
    assertThat(everything(outside)).containsExactly("secret");
  }

  @Test
  void deletingATreeRemovesLinksAndNotWhatTheyLeadTo() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.write(outside.resolve("kept"), new byte[] {1});
    Path tree = Files.createDirectories(directory.resolve("root/tree"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    LocalStore.at(directory.resolve("root")).deleteTree("tree");
    assertThat(everything(directory)).containsExactly("outside", "outside/kept", "root");
  }

  @Test
  void linksInsideAreFollowedAndTheRootMayBeOne() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path root = Files.createSymbolicLink(directory.resolve("root"), real);
    LocalStore store = LocalStore.at(root);
    store.write("a/0", bytes(1));
    Files.createSymbolicLink(real.resolve("b"), real.resolve("a"));
    Files.createSymbolicLink(real.resolve("c"), real.resolve("a/0"));
    assertThat(store.read("b/0")).contains(bytes(1));
    assertThat(store.read("c")).contains(bytes(1));
    assertThat(store.status("c")).map(KeyStatus::length).contains(1L);
    assertThat(store.list("")).containsExactly("a/0", "b/0", "c");
  }

  @Test
  void linksThatLeadOutAreReadByWhoMeansItAndNeverWrittenThrough() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.write(outside.resolve("0"), new byte[] {1});
    Files.createSymbolicLink(root.resolve("dir"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("0"));
    Files.createSymbolicLink(root.resolve("gone"), directory.resolve("nothing"));
    LocalStore store = LocalStore.at(root, LinkPolicy.ANYWHERE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(store);
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    for (Store each : List.of(store, (Store) new ObjectInputStream(in).readObject())) {
      assertThat(each.read("dir/0")).contains(bytes(1));
      assertThat(each.read("file")).contains(bytes(1));
      assertThat(each.status("dir/0")).isPresent();
      assertThat(each.list("dir")).containsExactly("dir/0");
      assertThatThrownBy(() -> each.read("gone")).hasMessageContaining("link to nothing");
      assertThatThrownBy(() -> each.write("dir/0", bytes(2))).hasMessageContaining("leads out of");
      assertThatThrownBy(() -> each.delete("dir/0")).hasMessageContaining("leads out of");
      assertThatThrownBy(() -> each.move("dir/0", "x")).hasMessageContaining("leads out of");
      assertThatThrownBy(() -> each.deleteTree("dir")).hasMessageContaining("leads out of");
    }
    assertThat(everything(outside)).containsExactly("0");
    assertThat(store).isNotEqualTo(LocalStore.at(root));
  }

  @Test
  void aLinkToNothingIsNotAMissingChunk() throws IOException {
    Files.createSymbolicLink(directory.resolve("c"), directory.resolve("unmounted"));
    LocalStore store = LocalStore.at(directory);
    for (String key : List.of("c", "c/0", "c/0/0")) {
      assertThatThrownBy(() -> store.read(key))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("link to nothing");
    }
  }
}
