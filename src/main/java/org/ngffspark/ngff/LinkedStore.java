// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.LinkPolicy;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.SeenValue;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * The store of an image that uses labels and tables of another one: that image appears at the path
 * {@link #SOURCE} below this one, to be read only. So whoever notes what was read of an image, by
 * keys below it, notes this too. The link is looked up when such a key is first asked for. At the
 * same path below a data set of N5 without a link appears the group around it.
 */
public final class LinkedStore extends ForwardingStore {
  private static final long serialVersionUID = 1L;

  /** Attribute of an image: the path of the image that it was made from, as seen from it. */
  public static final String FIELD = "ngff-spark-source";

  private static final String AROUND = "..";

  /** Path below an image where the other one appears. */
  public static final String SOURCE = "@source";

  private final String container;
  private final String shown;
  private final LinkPolicy links;
  private final Store store;
  private transient volatile StorePath source;

  private LinkedStore(StorePath container, LinkPolicy links) {
    super(container.store());
    this.container = container.path();
    this.shown = container.key(SOURCE);
    this.links = links;
    this.store = container.store();
  }

  /**
   * An image in a store that shows the other one, if it uses one; nothing is read yet.
   *
   * @param links which are followed where the other image is read
   */
  public static StorePath of(StorePath container, LinkPolicy links) {
    return new StorePath(new LinkedStore(container, links), container.path());
  }

  /** As {@link #of(StorePath, LinkPolicy)}, unless the store is wrapped already. */
  public static StorePath of(StorePath container) {
    return container.store() instanceof ForwardingStore
        ? container
        : of(container, LinkPolicy.INSIDE);
  }

  /**
   * The link among the attributes of an image.
   *
   * @param location of the attributes, for messages
   * @throws FormatException if it is no relative path
   */
  static Optional<String> link(ObjectNode attributes, String location) {
    JsonNode link = attributes.path(FIELD);
    if (link.isMissingNode()) {
      return Optional.empty();
    }
    if (!link.isTextual() || link.asText().isEmpty() || link.asText().startsWith("/")) {
      throw new FormatException(
          location, FIELD + " must be a path as seen from the image, as ../0, got " + link);
    }
    return Optional.of(link.asText());
  }

  private StorePath source() {
    StorePath found = source;
    if (found == null) {
      found = resolved();
      source = found;
    }
    return found;
  }

  private StorePath resolved() {
    StorePath image = new StorePath(store, container);
    Optional<Group> group = Group.open(image);
    String link =
        group
            .flatMap(found -> link(found.attributes(), image.toString()))
            .or(() -> group.filter(Group::isDataSet).map(dataSet -> AROUND))
            .orElseThrow(
                () -> new FormatException(image.toString(), "it uses no other image's labels"));
    if (!StoreLocations.isLocal(store.uri())) {
      throw new FormatException(
          image.toString(), FIELD + " is followed in file systems only, got " + link);
    }
    URI named = Path.of(store.uri()).resolve(container).toUri();
    URI there = Path.of(StoreLocations.canonical(named)).resolve(link).normalize().toUri();
    StorePath root = StorePath.root(LocalStore.at(Path.of(there), links));
    return of(description(group.orElseThrow()).of(root), links);
  }

  /** Label images around a data set that do not tell their axes have those of the data set. */
  private DataSetDescription description(Group image) {
    DataSetDescription said = DataSetDescription.in(store);
    return said.isEmpty() && image.isDataSet()
        ? DataSetDescription.told(image.path(), image.attributes())
        : said;
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(Collection<String> keys) {
    Map<Boolean, List<String>> shown =
        keys.stream().collect(Collectors.partitioningBy(key -> there(key).isPresent()));
    SortedMap<String, KeyStatus> statuses = new TreeMap<>(super.statuses(shown.get(false)));
    shown.get(true).forEach(key -> status(key).ifPresent(found -> statuses.put(key, found)));
    return statuses;
  }

  private Optional<StorePath> there(String key) {
    if (!key.startsWith(shown)) {
      return Optional.empty();
    }
    if (key.length() == shown.length()) {
      return Optional.of(source());
    }
    return key.charAt(shown.length()) == '/'
        ? Optional.of(source().child(key.substring(shown.length() + 1)))
        : Optional.empty();
  }

  @Override
  public Optional<ByteBuffer> read(String key, BufferSource buffers) {
    Optional<StorePath> there = there(key);
    return there.isPresent()
        ? there.get().store().read(there.get().path(), buffers)
        : super.read(key, buffers);
  }

  @Override
  public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
    Optional<StorePath> there = there(key);
    return there.isPresent()
        ? there.get().store().read(there.get().path(), range, buffers)
        : super.read(key, range, buffers);
  }

  @Override
  public SeenValue see(String key, BufferSource buffers) {
    Optional<StorePath> there = there(key);
    return there.isPresent()
        ? there.get().store().see(there.get().path(), buffers)
        : store.see(key, buffers);
  }

  @Override
  public SeenValue see(String key, ByteRange range, BufferSource buffers) {
    Optional<StorePath> there = there(key);
    return there.isPresent()
        ? there.get().store().see(there.get().path(), range, buffers)
        : store.see(key, range, buffers);
  }

  @Override
  public Optional<KeyStatus> status(String key) {
    Optional<StorePath> there = there(key);
    return there.isPresent() ? there.get().store().status(there.get().path()) : super.status(key);
  }

  @Override
  public Optional<List<String>> names(String directory) {
    Optional<StorePath> there = there(directory);
    return there.isPresent()
        ? there.get().store().names(there.get().path())
        : super.names(directory);
  }

  @Override
  public List<String> list(String prefix) {
    return there(prefix).isPresent() ? List.copyOf(statuses(prefix).keySet()) : super.list(prefix);
  }

  @Override
  public SortedMap<String, KeyStatus> statuses(String prefix) {
    Optional<StorePath> there = there(prefix);
    if (there.isEmpty()) {
      return super.statuses(prefix);
    }
    SortedMap<String, KeyStatus> statuses = new TreeMap<>();
    int start = there.get().key("").length();
    there
        .get()
        .store()
        .statuses(there.get().path())
        .forEach((key, status) -> statuses.put(prefix + "/" + key.substring(start), status));
    return statuses;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkedStore that
        && store.equals(that.store)
        && container.equals(that.container)
        && links == that.links;
  }

  @Override
  public int hashCode() {
    return Objects.hash(store, container, links);
  }
}
