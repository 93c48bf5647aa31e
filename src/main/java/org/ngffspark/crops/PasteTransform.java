// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.io.Serial;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/** Gives each object the pixels of its files; objects that were not cut out keep theirs. */
final class PasteTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  /** Indices that are kept: about as many images are worked on at once. */
  private static final int KEPT = 32;

  private final URI directory;
  private final Map<String, String> folders;
  private final PastedFormat format;
  private final Cut cut;
  private final transient Map<String, CropIndex> indices = new LinkedHashMap<>();

  /**
   * @param folders of each image, by its URI, below the directory
   */
  PasteTransform(URI directory, Map<String, String> folders, PastedFormat format, Cut cut) {
    this.directory = directory;
    this.folders = Map.copyOf(folders);
    this.format = format;
    this.cut = cut;
  }

  @Serial
  private Object readResolve() {
    return new PasteTransform(directory, folders, format, cut);
  }

  @Override
  public String name() {
    return "paste";
  }

  @Override
  public String description() {
    return "gives each object the pixels of its files";
  }

  @Override
  public TransformTarget target() {
    return cut.onLabel().isEmpty() ? TransformTarget.IMAGES : TransformTarget.LABELS;
  }

  @Override
  public void checkType(DataType type) {
    if (target() == TransformTarget.LABELS && format != PastedFormat.NPY) {
      throw new IllegalArgumentException("Label ids are pasted from npy only, not " + format);
    }
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    StorePath folder = new StorePath(StoreLocations.open(directory), folders.get(object.image()));
    try {
      Optional<Box> box = Optional.ofNullable(index(folder).boxes().get(object.label()));
      box.ifPresent(place -> paste(object, place, folder, result));
    } catch (FormatException wrong) {
      throw ObjectFailure.of(object.label(), wrong);
    } catch (StoreException passing) {
      throw new TransformUnavailableException(passing.getMessage(), passing);
    }
  }

  private void paste(MaskedPatch object, Box place, StorePath folder, Patch result) {
    if (!place.equals(result.box())) {
      throw new ObjectFailure(
          object.label(),
          "it was cut at "
              + place
              + " and lies at "
              + result.box()
              + " now; its label image or table is another one");
    }
    PlaneNames planes = new PlaneNames(object.axes(), place, cut.channels());
    List<StorePath> files =
        format.names(Long.toUnsignedString(object.label()), planes).stream()
            .map(folder::child)
            .toList();
    format.read(files, result);
  }

  private CropIndex index(StorePath folder) {
    synchronized (indices) {
      Optional<CropIndex> known = Optional.ofNullable(indices.remove(folder.path()));
      CropIndex index = known.orElseGet(() -> CropIndex.read(folder));
      indices.put(folder.path(), index);
      if (indices.size() > KEPT) {
        indices.remove(indices.keySet().iterator().next());
      }
      return index;
    }
  }
}
