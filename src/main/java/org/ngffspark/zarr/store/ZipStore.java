// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A Zarr hierarchy in a zip archive, to be read: at the root of the archive, as {@code .ozx} files
 * have it, or in its one folder that holds one. Nothing is read before the first key is asked for.
 */
final class ZipStore extends ReadOnlyStore {
  private static final long serialVersionUID = 1L;
  private static final Set<String> METADATA = Set.of("zarr.json", ".zgroup", ".zattrs", ".zarray");

  private final Store outer;
  private final String name;
  private final String inside;
  private final URI uri;
  private transient volatile Opened opened;

  /**
   * An archive and where in it the store begins.
   *
   * @param start of the names of its keys: empty, or ending in a slash
   */
  private record Opened(ZipArchive archive, String start) {}

  /**
   * A place in an archive; reads nothing yet.
   *
   * @param outer store that holds the archive
   * @param name key of the archive
   * @param inside path within the archive; {@code ""} for all of it
   * @param uri of the place
   */
  ZipStore(Store outer, String name, String inside, URI uri) {
    this.outer = outer;
    this.name = name;
    this.inside = inside;
    this.uri = uri;
  }

  static ZipStore at(ArchivePath path) {
    Store outer = StoreLocations.open(path.directory());
    return new ZipStore(outer, path.name(), path.inside(), path.uri());
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  protected String kind() {
    return "a zip archive";
  }

  private Opened opened() {
    Opened known = opened;
    if (known == null) {
      synchronized (this) {
        known = opened;
        if (known == null) {
          ZipArchive archive = ZipArchive.open(outer, name);
          known = new Opened(archive, start(archive));
          opened = known;
        }
      }
    }
    return known;
  }

  private String start(ZipArchive archive) {
    String path = inside.isEmpty() ? "" : inside + "/";
    Set<String> files = archive.members().keySet();
    if (METADATA.stream().anyMatch(files::contains)) {
      return path;
    }
    List<String> folders =
        files.stream()
            .filter(file -> file.indexOf('/') > 0 && file.indexOf('/') == file.lastIndexOf('/'))
            .filter(file -> METADATA.contains(file.substring(file.indexOf('/') + 1)))
            .map(file -> file.substring(0, file.indexOf('/') + 1))
            .distinct()
            .toList();
    if (folders.stream().anyMatch(path::startsWith)) {
      return path;
    }
    if (folders.size() != 1) {
      throw new FormatException(
          outer.uri() + "/" + name,
          folders.isEmpty()
              ? "the archive has no Zarr metadata, neither at its root nor in a folder there"
              : "the archive has several Zarr folders; name one, as "
                  + name
                  + "/"
                  + folders.get(0));
    }
    return folders.get(0) + path;
  }

  private Optional<ZipMember> member(String key) {
    Opened from = opened();
    return Optional.ofNullable(from.archive.members().get(from.start + StoreKeys.check(key)));
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    return member(key).map(member -> opened().archive.read(key, member, buffers));
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    return member(key).map(member -> opened().archive.read(key, member, range, buffers));
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    return member(key).map(opened().archive::status);
  }

  @Override
  public List<String> list(String prefix) {
    return List.copyOf(statuses(prefix).keySet());
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    Opened from = opened();
    String start = from.start + (StoreKeys.checkPrefix(prefix).isEmpty() ? "" : prefix + "/");
    return from.archive.members().tailMap(start).entrySet().stream()
        .takeWhile(member -> member.getKey().startsWith(start))
        .collect(
            Collectors.toMap(
                member -> member.getKey().substring(from.start.length()),
                member -> from.archive.status(member.getValue()),
                (first, second) -> second,
                TreeMap::new));
  }
}
