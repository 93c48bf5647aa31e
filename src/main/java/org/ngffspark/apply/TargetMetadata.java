// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ngffspark.commit.MetadataDraft;
import org.ngffspark.commit.MetadataEdit;
import org.ngffspark.history.JobHistory;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.LinkedStore;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.store.StorePath;

/** The metadata of a transformed image: those it has, or those of its source for a new one. */
final class TargetMetadata {
  private final TargetPlace place;
  private final OpenedImage image;

  TargetMetadata(TargetPlace place, OpenedImage image) {
    this.place = place;
    this.image = image;
  }

  /**
   * What is to be written.
   *
   * @param history of the target, with the job that is committed
   */
  List<MetadataEdit> edits(JobHistory history) {
    MetadataDraft draft = new MetadataDraft();
    StorePath source = image.container().path();
    if (place.isInPlace()) {
      draft.copy(source, place.node());
    } else if (place.node().isEmpty()) {
      derive(draft.root(), TargetPlace.name(place.container()));
    } else {
      draft.copy(source, "");
      draft.copy(source, "labels");
      deriveLabel(draft.root());
    }
    StorePath node = node(draft.root());
    Group group =
        Group.open(node)
            .or(() -> withoutAttributes(node))
            .orElseThrow(() -> new IllegalStateException("No group in " + node));
    ObjectNode attributes = history.addTo(group.attributes());
    place
        .link(image.container().sourceLink())
        .ifPresent(link -> attributes.put(LinkedStore.FIELD, link));
    group.writeAttributes(attributes);
    return place.isReplaced() ? draft.editsReplacing(place.node()) : draft.edits();
  }

  private Optional<Group> withoutAttributes(StorePath node) {
    return Optional.of(Group.withoutAttributes(node))
        .filter(group -> image.level().node().format() == group.format());
  }

  private StorePath node(StorePath root) {
    return place.node().isEmpty() ? root : root.child(place.node());
  }

  private void derive(StorePath to, String name) {
    image
        .levels()
        .forEach(level -> ZarrArray.create(to.child(level.path()), level.array().metadata()));
    ImageNode.create(to, image.level().node().metadata().derived(name));
  }

  private void deriveLabel(StorePath root) {
    StorePath to = node(root);
    derive(to, to.name());
    ImageNode container = ImageNode.open(root);
    if (!container.labels().names().contains(to.name())) {
      container.labels().add(to.name());
    }
  }
}
