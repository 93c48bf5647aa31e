// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.labels;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ngffspark.image.Container;
import org.ngffspark.image.ImageLevel;
import org.ngffspark.image.Label;
import org.ngffspark.image.PyramidStep;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.LabelList;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/**
 * A label image like an image, as it will be: its metadata lie in memory, its pixels nowhere yet.
 * Its ids are of type uint32, as those of labels that ngio derives.
 */
final class NewLabel {
  /** The most objects that it holds. */
  static final long MOST = (1L << Integer.SIZE) - 1;

  private final StorePath root;
  private final Label label;

  private NewLabel(StorePath root, Label label) {
    this.root = root;
    this.label = label;
  }

  /** The label image of that name that an image would have; reads nothing that is not known. */
  static NewLabel of(OpenedImage image, String name) {
    StorePath root = StorePath.root(new MemoryStore());
    for (ImageLevel level : image.levels()) {
      ZarrArray.create(root.child(level.path()), level.array().metadata());
    }
    ImageNode.create(root, image.level().node().metadata());
    Container container = Container.open(root);
    return new NewLabel(root, container.deriveLabel(name, DataType.UINT32));
  }

  /** The finest level. */
  Label label() {
    return label;
  }

  ZarrArray array() {
    return label.array();
  }

  /** From each level to the next. */
  List<PyramidStep> steps() {
    return label.pyramid().steps(0);
  }

  /**
   * Writes its metadata into those of a container, and lists it there.
   *
   * @return the keys that it has
   */
  Set<String> writeInto(StorePath container) {
    Set<String> keys = new TreeSet<>();
    Store to = container.store();
    for (String key : root.store().list(label.node().path().path())) {
      root.store().read(key).ifPresent(value -> to.write(container.key(key), value));
      keys.add(key);
    }
    LabelList labels = ImageNode.open(container).labels();
    if (!labels.names().contains(label.name())) {
      labels.add(label.name());
    }
    return keys;
  }
}
