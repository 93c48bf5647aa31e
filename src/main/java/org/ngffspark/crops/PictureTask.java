// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.crops.PictureStyle.Limits;
import org.ngffspark.crops.PictureStyle.Sheet;
import org.ngffspark.image.Image;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.job.FilesTarget;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.WorkCount;
import org.ngffspark.samples.SampledImageChannel;
import org.ngffspark.samples.ThumbnailPlanes;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * Draws each object for people: {@code <id>.png}. Each chunk that the objects touch is read once;
 * contrast comes from the coarsest level that is large enough, which an executor reads once.
 *
 * @param choice the objects that are drawn
 * @param pixels the pixels that are drawn; ids of a label image are white
 * @param around what is drawn around the object
 * @param onError what becomes of an object whose region is not known
 * @param directory where the files go
 * @param folders folder of each image below the directory; {@code ""} for itself
 * @param contrasts of the images that were drawn so far
 */
public record PictureTask(
    ObjectChoice choice,
    PixelTarget pixels,
    Around around,
    PictureStyle style,
    OnError onError,
    URI directory,
    Map<ImageRef, String> folders,
    ContrastMemory contrasts)
    implements ObjectTask<Nothing, SheetCell> {
  private static final String SHEET = "sheet.png";

  public PictureTask {
    folders = Map.copyOf(folders);
  }

  public PictureTask(
      ObjectChoice choice,
      PixelTarget pixels,
      Around around,
      PictureStyle style,
      OnError onError,
      URI directory,
      Map<ImageRef, String> folders) {
    this(choice, pixels, around, style, onError, directory, folders, new ContrastMemory());
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(choice);
  }

  @Override
  public ImageTarget<SheetCell> target(ImageRef image) {
    ImageRef folder = new ImageRef(directory, folders.get(image));
    CropFilesHistory history = CropFilesHistory.of(this, folder.open());
    return new FilesTarget<>(
        folder.toString(),
        (opened, all) -> {
          writeSheet(folders.get(image), all.values());
          history.write(opened);
        },
        history::decide);
  }

  private void writeSheet(String folder, List<SheetCell> cells) {
    if (!cells.isEmpty()) {
      byte[] sheet = SheetCell.sheet(cells).png();
      StoreLocations.open(directory).write(name(folder, SHEET), ByteBuffer.wrap(sheet));
    }
  }

  @Override
  public Map<String, String> details() {
    return new TreeMap<>(Map.of("label image", choice.labelName()));
  }

  @Override
  public TaskResult<SheetCell> run(OpenedImage image, Tile<Nothing> tile) {
    Store store = StoreLocations.open(directory);
    ObjectPainter painter = painter(image);
    int[] cells = {0};
    return ObjectVisit.objects(
        image,
        tile,
        this,
        object -> {
          SortedMap<String, Picture> pictures = painter.pictures(object);
          WorkCount work = write(store, folders.get(image.ref()), object, pictures);
          boolean isOnSheet = style.sheet() == Sheet.OF_IMAGE && cells[0]++ < SheetCell.MOST;
          SheetCell cell = new SheetCell(object.label(), pictures.get(pictures.firstKey()));
          return TaskResult.of(isOnSheet ? List.of(cell) : List.of(), work);
        });
  }

  private ObjectPainter painter(OpenedImage image) {
    int[] channels = ObjectVisit.channels(image);
    List<Integer> colors = new ArrayList<>();
    if (image.level() instanceof Image) {
      List<SampledImageChannel> named =
          SampledImageChannel.of(image.container().image().channels());
      for (int channel : named(channels)) {
        colors.add(Integer.parseInt(named.get(channel).color(), 16));
      }
    } else {
      colors.addAll(Collections.nCopies(Math.max(1, channels.length), Picture.WHITE));
    }
    return new ObjectPainter(style, around, channels, limits(image, channels), colors);
  }

  private List<Limits> limits(OpenedImage image, int[] channels) {
    int count = Math.max(1, channels.length);
    if (!style.limits().isEmpty()) {
      return Collections.nCopies(count, style.limits().get(0));
    }
    if (!(image.level() instanceof Image)) {
      return Collections.nCopies(count, new Limits(0, 1));
    }
    List<ThumbnailPlanes.Limits> known = contrasts.of(image);
    List<Limits> limits = new ArrayList<>();
    for (int channel : named(channels)) {
      limits.add(new Limits(known.get(channel).black(), known.get(channel).white()));
    }
    return limits;
  }

  /** An image without channels is named, and drawn, as one with one. */
  private static int[] named(int[] channels) {
    return channels.length == 0 ? new int[] {0} : channels;
  }

  private static WorkCount write(
      Store store, String folder, MaskedPatch object, SortedMap<String, Picture> pictures) {
    WorkCount work = WorkCount.objects(1, object.patch().size(), Map.of());
    for (Map.Entry<String, Picture> each : pictures.entrySet()) {
      byte[] png = each.getValue().png();
      String file = Long.toUnsignedString(object.label()) + each.getKey() + ".png";
      store.write(name(folder, file), ByteBuffer.wrap(png));
      work = work.plus(WorkCount.bytesWritten(png.length));
    }
    return work;
  }

  private static String name(String folder, String file) {
    return folder.isEmpty() ? file : folder + "/" + file;
  }
}
