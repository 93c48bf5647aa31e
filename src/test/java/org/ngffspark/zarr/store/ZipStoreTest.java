// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.zarr.store.StoreOperation.Kind;

final class ZipStoreTest {
  private static final ByteBuffer GROUP = ByteBuffer.wrap("{\"zarr_format\": 2}".getBytes());
  private static final byte[] NOISE = new byte[200_000];

  static {
    new SplittableRandom(20261126).nextBytes(NOISE);
  }

  @TempDir Path directory;

  /** Values as they are, as deflated ones, and with zip64 fields, all below a group. */
  private Path archive(String name, int method, Zip64Mode mode, Map<String, ByteBuffer> values) {
    Path file = directory.resolve(name);
    Map<String, ByteBuffer> all = new TreeMap<>(values);
    all.putIfAbsent(".zgroup", GROUP);
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      out.setUseZip64(mode);
      out.setMethod(method);
      for (Map.Entry<String, ByteBuffer> value : all.entrySet()) {
        out.putArchiveEntry(new ZipArchiveEntry(value.getKey()));
        out.write(value.getValue().array());
        out.closeArchiveEntry();
      }
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path plain(Map<String, ByteBuffer> values) {
    return archive("plate.zarr.zip", ZipEntry.STORED, Zip64Mode.AsNeeded, values);
  }

  private static Store open(Path archive) {
    return StoreLocations.open(archive.toString());
  }

  @Nested
  final class Stored implements ReadingContract {
    @Override
    public Store storeOf(Map<String, ByteBuffer> values) {
      return open(plain(values));
    }
  }

  @Nested
  final class Deflated implements ReadingContract {
    @Override
    public Store storeOf(Map<String, ByteBuffer> values) {
      return open(archive("plate.ozx", ZipEntry.DEFLATED, Zip64Mode.AsNeeded, values));
    }
  }

  @Nested
  final class WithZip64 implements ReadingContract {
    @Override
    public Store storeOf(Map<String, ByteBuffer> values) {
      return open(archive("plate.OZX", ZipEntry.STORED, Zip64Mode.Always, values));
    }
  }

  @Test
  void keysAreListedAsInAnyStore() {
    Store store = open(plain(Map.of("a/10", bytes(1), "a/2/x", bytes(1, 2), "ab", bytes())));
    assertThat(store.list("")).containsExactly(".zgroup", "a/10", "a/2/x", "ab");
    assertThat(store.list("a")).containsExactly("a/10", "a/2/x");
    assertThat(store.list("a/2/x")).isEmpty();
    assertThat(store.statuses("a").get("a/2/x")).isEqualTo(store.status("a/2/x").orElseThrow());
  }

  @Test
  void aPlaceInAnArchiveIsAStoreToo() {
    Path archive = plain(Map.of("B/03/0/zarr.json", bytes(7)));
    Store store = open(archive.resolve("B/03/0"));
    assertThat(store.read("zarr.json")).contains(bytes(7));
    assertThat(store.uri()).hasToString(archive.toUri() + "/B/03/0");
    assertThat(StoreLocations.isLocal(store.uri())).isFalse();
    assertThat(StoreLocations.canonical(store.uri())).isEqualTo(store.uri());
  }

  @Test
  void theOneFolderWithAZarrIsTheRoot() {
    Map<String, ByteBuffer> values =
        Map.of("p.zarr/.zgroup", GROUP, "p.zarr/c", bytes(3), "__MACOSX/._p", bytes(1));
    Path archive = zipped("one.zip", values);
    assertThat(open(archive).list("")).containsExactly(".zgroup", "c");
    assertThat(open(archive.resolve("p.zarr")).read("c")).contains(bytes(3));
  }

  @Test
  void ofSeveralFoldersOneIsNamed() {
    Path archive =
        zipped(
            "two.zip",
            Map.of("p/.zgroup", GROUP, "p/c", bytes(3), "q/zarr.json", GROUP, "q/c", bytes(4)));
    assertThatThrownBy(() -> open(archive).list(""))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("several Zarr folders; name one, as two.zip/p/");
    assertThat(open(archive.resolve("q")).read("c")).contains(bytes(4));
    Path other = zipped("none.zip", Map.of("image.tif", bytes(1)));
    assertThatThrownBy(() -> open(other).read("c"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("has no Zarr metadata");
  }

  /** As {@code java.util.zip} writes them: lengths after the bytes, not before them. */
  private Path zipped(String name, Map<String, ByteBuffer> values) {
    Path file = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setComment("{\"ome\": {\"version\": \"0.5\"}}");
      for (Map.Entry<String, ByteBuffer> value : new TreeMap<>(values).entrySet()) {
        out.putNextEntry(new ZipEntry(value.getKey()));
        out.write(value.getValue().array());
      }
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void whatPythonPackedIsReadAsJavaUnpacksIt() throws IOException {
    for (String name : List.of("ngio-1.1.3", "ome-zarr-0.21.0", "anndata-0.13.4")) {
      Path archive = Path.of("src/test/resources/golden/wild", name + ".zip").toAbsolutePath();
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        List<? extends ZipEntry> files =
            zip.stream().filter(file -> file.getName().contains(".zarr/")).toList();
        assertThat(files).isNotEmpty();
        for (ZipEntry file : files) {
          int slash = file.getName().indexOf('/');
          Store store = open(archive.resolve(file.getName().substring(0, slash)));
          try (InputStream in = zip.getInputStream(file)) {
            assertThat(store.read(file.getName().substring(slash + 1)))
                .as(file.getName())
                .contains(ByteBuffer.wrap(in.readAllBytes()));
          }
        }
      }
    }
  }

  @Test
  void valuesAndPartsAreOneRequestEach() throws IOException {
    Path archive = plain(Map.of("c/0", ByteBuffer.wrap(NOISE), "c/1", ByteBuffer.wrap(NOISE)));
    MemoryStore memory = new MemoryStore();
    memory.write("p.ozx", ByteBuffer.wrap(Files.readAllBytes(archive)));
    ObservedStore watched = ObservedStore.of(memory);
    Store store = new ZipStore(watched, "p.ozx", "", memory.uri());
    assertThat(store.read("c/0")).contains(ByteBuffer.wrap(NOISE));
    assertThat(watched.log().count(Kind.STATUS)).isEqualTo(1);
    assertThat(watched.log().count(Kind.READ_RANGE)).as("directory and value").isEqualTo(2);
    watched.log().clear();
    for (int part = 0; part < 3; part++) {
      assertThat(store.read("c/1", new ByteRange.Slice(part * 1000, 10), BufferSource.heap()))
          .contains(ByteBuffer.wrap(NOISE, part * 1000, 10).slice());
    }
    assertThat(watched.log().operations())
        .as("the first one finds where the value begins")
        .hasSize(4);
    store.list("c");
    store.read("not/there");
    assertThat(watched.log().operations()).hasSize(4);
  }

  @Test
  void anArchiveThatWasWrittenAnewIsReadAnew() throws IOException {
    Path archive = plain(Map.of("c", bytes(1)));
    assertThat(open(archive).read("c")).contains(bytes(1));
    Files.delete(archive);
    plain(Map.of("c", bytes(2, 3)));
    assertThat(open(archive).read("c")).contains(bytes(2, 3));
  }

  @Test
  void damagedArchivesAreErrorsWithTheirNames() throws IOException {
    Map<String, ByteBuffer> values = Map.of("c/0", ByteBuffer.wrap(new byte[400]), "c/1", bytes(9));
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      byte[] good = Files.readAllBytes(archive("a.zip", method, Zip64Mode.Always, values));
      for (int cut = 0; cut < good.length; cut += 7) {
        requireClear(Arrays.copyOf(good, cut), "cut at " + cut);
      }
      SplittableRandom random = new SplittableRandom(5);
      for (int round = 0; round < 2000; round++) {
        byte[] bad = good.clone();
        int at = random.nextInt(bad.length);
        bad[at] ^= (byte) (1 << random.nextInt(8));
        requireClear(bad, "flipped at " + at);
      }
    }
  }

  private static void requireClear(byte[] archive, String what) {
    MemoryStore memory = new MemoryStore();
    memory.write("a.zip", ByteBuffer.wrap(archive));
    Store store = new ZipStore(memory, "a.zip", "", memory.uri());
    BufferSource bounded =
        length -> {
          if (length > 1 << 20) {
            throw new StoreException("read", "a.zip", "it is too long");
          }
          return ByteBuffer.allocate((int) length);
        };
    try {
      for (String key : store.list("")) {
        store.read(key, bounded);
        store.read(key, new ByteRange.Slice(0, 1), bounded);
      }
    } catch (FormatException | StoreException clear) {
      assertThat(clear).as(what).hasMessageContaining("a.zip");
    } catch (RuntimeException unclear) {
      throw new AssertionError(what, unclear);
    }
  }

  @Test
  void aFolderThatIsCalledAsAnArchiveIsAFolder() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder.zip"));
    assertThat(StoreLocations.open(folder.toString())).isInstanceOf(LocalStore.class);
    assertThat(ArchivePath.of(folder.toUri())).isEmpty();
    assertThat(Stream.of("https://h/p.zip", "s3a://b/p.ozx/B/03").map(URI::create))
        .allSatisfy(uri -> assertThat(ArchivePath.of(uri)).isPresent());
  }
}
