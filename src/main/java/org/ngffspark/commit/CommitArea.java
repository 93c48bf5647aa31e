// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ngffspark.zarr.OuterGroups;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreDirectories;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * Where all lies that runs keep of one container while they change it: below a sibling of the
 * outermost Zarr group that holds it, or in that group where no reader of the hierarchy lists it.
 * The places follow from the container alone, so that anybody finds them again; {@link
 * CommitPlaces} says which is taken.
 *
 * <p>The area of a container in a group is a directory in the group's area. Names of our own begin
 * with {@code @} and a letter; a name of the data that begins with {@code @} has one more of them
 * here, so that no image can be called as something of ours.
 *
 * @param store holds both the container and the area
 * @param root key of the outermost group, or of the container if it is in none
 * @param within path of the container in that group; empty if it is the group
 * @param place where it lies, seen from that group
 */
record CommitArea(Store store, String root, String within, AreaPlace place) {
  private static final String OURS = "@";
  private static final String OWNED = OURS + "run";
  private static final String ENDED = OURS + "ended-";

  /**
   * The area of a container, which need not exist yet, beside the outermost group.
   *
   * @throws StoreException if there is no room for it beside the container
   * @throws IllegalArgumentException if the container itself lies in such an area
   */
  static CommitArea of(StorePath container) {
    StorePath inner = OuterGroups.named(canonical(container)).orElseThrow(() -> noRoom(container));
    List<StorePath> groups = OuterGroups.around(inner);
    StorePath root = groups.isEmpty() ? inner : groups.get(groups.size() - 1);
    requireOutside(inner);
    return new CommitArea(root.store(), root.path(), within(root, inner), AreaPlace.BESIDE);
  }

  /** The area of the same container at the other place. */
  CommitArea other() {
    return at(place.other());
  }

  /** The area of the same container at a place. */
  CommitArea at(AreaPlace there) {
    return new CommitArea(store, root, within, there);
  }

  /** Whether a key lies in the area of a container that is an outermost group itself. */
  static boolean holds(StorePath container, String key) {
    return key.startsWith(AreaPlace.INSIDE.key(container.path()) + "/");
  }

  private static void requireOutside(StorePath container) {
    for (String name : location(container).split("/", -1)) {
      if (name.endsWith(AreaPlace.SUFFIX)) {
        throw new IllegalArgumentException(
            container
                + " lies in '"
                + name
                + "', where runs keep what they are at work on; choose another place");
      }
    }
  }

  private static StoreException noRoom(StorePath container) {
    return new StoreException("work on", container.toString(), "there is no directory beside it");
  }

  /** One image is one place, whatever links lead to it. */
  private static StorePath canonical(StorePath container) {
    URI uri = container.store().uri();
    if (!StoreLocations.isLocal(uri)) {
      return container;
    }
    Path named = Path.of(uri).resolve(container.path());
    Path real = Path.of(StoreLocations.canonical(named.toUri()));
    return real.equals(named)
        ? container
        : new StorePath(LocalStore.at(real.getParent()), real.getFileName().toString());
  }

  /** The path of a container in a group around it, whose store may be one further up. */
  private static String within(StorePath group, StorePath container) {
    String whole = location(container);
    String outer = location(group);
    return whole.equals(outer) ? "" : whole.substring(outer.length() + 1);
  }

  private static String location(StorePath path) {
    String root = path.store().uri().getPath();
    return root == null ? path.path() : root.replaceAll("/$", "") + "/" + path.path();
  }

  /** Whether a place lies in the outermost group, or where runs keep what is theirs beside it. */
  boolean covers(URI place) {
    boolean local = StoreLocations.isLocal(place);
    URI there = local ? StoreLocations.canonical(place) : StoreLocations.open(place).uri();
    URI here = store.uri();
    if (!there.getScheme().equals(here.getScheme())
        || !Objects.equals(there.getAuthority(), here.getAuthority())) {
      return false;
    }
    String path = there.getPath() + "/";
    String outer = location(new StorePath(store, root));
    return path.startsWith(outer + "/") || path.startsWith(AreaPlace.BESIDE.key(outer) + "/");
  }

  /**
   * Whether owners are told apart by renames, else by keys that one of them creates. Without
   * renames there is one area, beside the outermost group: buckets know no owners of folders.
   *
   * @throws StoreException if the store can do neither
   */
  boolean renames() {
    if (store.directories().isEmpty() && store.conditions().isEmpty()) {
      throw new StoreException(
          "work on",
          path().toString(),
          "images on such a store can be read only; copy it to a file system, HDFS, or S3");
    }
    return store.directories().isPresent();
  }

  StoreDirectories directories() {
    return store.directories().orElseThrow();
  }

  /** Key of the container. */
  String container() {
    return within.isEmpty() ? root : root + "/" + within;
  }

  /** Key of the directory that the container lies in; its own if that is the root of the store. */
  String surroundings() {
    int slash = container().lastIndexOf('/');
    return slash < 0 ? container() : container().substring(0, slash);
  }

  /** The container itself, for messages. */
  StorePath path() {
    return new StorePath(store, container());
  }

  /** The directories around the container, from the nearest to the outermost group. */
  List<StorePath> around() {
    List<StorePath> around = new ArrayList<>();
    String path = container();
    while (path.length() > root.length()) {
      path = path.substring(0, path.lastIndexOf('/'));
      around.add(new StorePath(store, path));
    }
    return around;
  }

  /** Key of the area. */
  String key() {
    StringBuilder key = new StringBuilder(place.key(root));
    if (within.isEmpty()) {
      return key.toString();
    }
    for (String name : within.split("/", -1)) {
      key.append('/').append(name.startsWith(OURS) ? OURS + name : name);
    }
    return key.toString();
  }

  private static boolean isOurs(String name) {
    return name.startsWith(OURS) && !name.startsWith(OURS + OURS);
  }

  private static String unescaped(String name) {
    return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
  }

  /** Key of the directory that holds that of the run at work, and nothing else. */
  String owned() {
    return key() + "/" + OWNED;
  }

  /**
   * Looks whether the area was made by somebody who may say what becomes of the container: whoever
   * may write beside a plate can put something there that looks like a run's.
   *
   * @throws StoreException if not
   */
  void requireTrusted() {
    if (!renames()) {
      return;
    }
    List<String> keys = new ArrayList<>(List.of(owned()));
    for (String key = key(); key.length() > root.length(); ) {
      keys.add(key);
      key = key.substring(0, Math.max(0, key.lastIndexOf('/')));
    }
    requireTrusted(keys);
  }

  void requireTrusted(List<String> keys) {
    directories().requireTrusted(keys, List.of(container(), root));
  }

  /**
   * What the run at work, or the one that died here, owns; empty if there is none.
   *
   * @throws StoreException if it cannot be trusted
   */
  Optional<RunDirectory> current() {
    if (!renames()) {
      return MarkedDirectory.current(this);
    }
    requireTrusted();
    Optional<RunDirectory> current =
        directories().names(owned()).stream()
            .findFirst()
            .map(name -> new RenamedDirectory(this, owned() + "/" + name, name));
    current.ifPresent(RunDirectory::requireTrusted);
    return current;
  }

  /** Whether nobody owns anything here; no word on who it would be. */
  boolean isFree() {
    return directories().names(owned()).isEmpty();
  }

  /** The directory that an owner has, or would have. */
  RunDirectory ownedBy(String owner) {
    return renames()
        ? new RenamedDirectory(this, owned() + "/" + owner, owner)
        : new MarkedDirectory(this, owner, 0, owner);
  }

  /** The same directory once its owner has ended, on a store that renames. */
  RunDirectory endedBy(String owner, Ending ending) {
    String name = ENDED + ending.word() + "-" + owner;
    return new RenamedDirectory(this, key() + "/" + name, owner);
  }

  /** What owners have left that had ended, in this way. */
  List<RunDirectory> ended(Ending ending) {
    if (!renames()) {
      return MarkedDirectory.ended(this, ending);
    }
    requireTrusted();
    String start = ENDED + ending.word() + "-";
    return directories().names(key()).stream()
        .filter(name -> name.startsWith(start))
        .map(name -> endedBy(name.substring(start.length()), ending))
        .toList();
  }

  /** Paths, below this container, of all containers that have something in their areas. */
  List<String> containersWithin() {
    if (!renames()) {
      return store.list(key()).stream()
          .flatMap(each -> containerOf(each).stream())
          .distinct()
          .toList();
    }
    List<String> found = new ArrayList<>();
    collect(key(), "", found);
    return found;
  }

  /** Path, below this container, of the one in whose area a key lies. */
  private Optional<String> containerOf(String key) {
    List<String> path = new ArrayList<>();
    for (String name : key.substring(key().length() + 1).split("/", -1)) {
      if (isOurs(name)) {
        return Optional.of(String.join("/", path));
      }
      path.add(unescaped(name));
    }
    return Optional.empty();
  }

  private void collect(String directory, String path, List<String> found) {
    List<String> names = directories().names(directory);
    if (names.stream().anyMatch(CommitArea::isOurs)) {
      found.add(path);
    }
    for (String name : names) {
      if (!isOurs(name)) {
        String plain = unescaped(name);
        collect(directory + "/" + name, path.isEmpty() ? plain : path + "/" + plain, found);
      }
    }
  }
}
