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
import org.ngffspark.chunks.TaskChunks;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.crops.PictureStyle.Limits;
import org.ngffspark.crops.PictureStyle.Sheet;
import org.ngffspark.image.Image;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.MaskedReader;
import org.ngffspark.image.Patch;
import org.ngffspark.job.FilesTarget;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageTarget;
import org.ngffspark.job.Nothing;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.TaskResult;
import org.ngffspark.job.Tile;
import org.ngffspark.job.WorkCount;
import org.ngffspark.plan.LabelBatch;
import org.ngffspark.roi.AxisName;
import org.ngffspark.roi.MaskPlacement;
import org.ngffspark.samples.SampledImageChannel;
import org.ngffspark.samples.ThumbnailPlanes;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * Draws each object for people: {@code <id>.png}. Each chunk that the objects touch is read once;
 * contrast comes from the coarsest level that is large enough.
 *
 * @param choice the objects that are drawn
 * @param pixels the pixels that are drawn; ids of a label image are white
 * @param around what is drawn around the object
 * @param directory where the files go
 * @param folders folder of each image below the directory; {@code ""} for itself
 */
public record PictureTask(
    ObjectChoice choice,
    PixelTarget pixels,
    Around around,
    PictureStyle style,
    URI directory,
    Map<ImageRef, String> folders)
    implements ObjectTask<Nothing, SheetCell> {
  private static final String OUTSIDE = "lies outside the image, no file";
  private static final String SHEET = "sheet.png";
  private static final int SIDE = 256;

  public PictureTask {
    folders = Map.copyOf(folders);
  }

  @Override
  public Optional<ObjectChoice> objects() {
    return Optional.of(choice);
  }

  @Override
  public ImageTarget<SheetCell> target(ImageRef image) {
    String place = new ImageRef(directory, folders.get(image)).toString();
    return new FilesTarget<>(place, (opened, all) -> writeSheet(folders.get(image), all.values()));
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
    LabelBatch labels = LabelBatch.merge(List.of(tile.inner(), tile.crossing()));
    MaskedReader reader = image.masked().reader();
    Store store = StoreLocations.open(directory);
    ObjectPainter painter = painter(image);
    image.samples().begin(labels);
    WorkCount work = WorkCount.NONE;
    List<SheetCell> cells = new ArrayList<>();
    try (TaskChunks source = image.chunks(image.level().array())) {
      for (int i = 0; i < labels.size(); i++) {
        MaskPlacement place = reader.place(labels.roi(i), choice.growth());
        if (reader.box(place).isEmpty()) {
          work = work.plus(WorkCount.objects(1, 0, Map.of(OUTSIDE, 1L)));
        } else {
          MaskedPatch object =
              reader.read(labels.label(i), place, TaskChunks.both(source, image.labelChunks()));
          if (image.samples().isTaken(object.label(), object.patch().size())) {
            List<Patch> patches = List.of(object.patch());
            image.samples().take(object.label(), painter.channels(), patches, object.mask());
          }
          SortedMap<String, Picture> pictures = painter.pictures(object);
          if (style.sheet() == Sheet.OF_IMAGE && cells.size() < SheetCell.MOST) {
            cells.add(new SheetCell(object.label(), pictures.get(pictures.firstKey())));
          }
          work = work.plus(write(store, folders.get(image.ref()), object, pictures));
        }
        image.done(1);
      }
    }
    return TaskResult.of(cells, work);
  }

  private ObjectPainter painter(OpenedImage image) {
    boolean hasChannels = image.level().axes().has(AxisName.C);
    int[] channels = hasChannels ? image.masked().reader().channels() : new int[0];
    List<Integer> colors = new ArrayList<>();
    if (image.level() instanceof Image) {
      List<SampledImageChannel> named =
          SampledImageChannel.of(image.container().image().channels());
      for (int channel : hasChannels ? channels : new int[] {0}) {
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
    List<ThumbnailPlanes.Limits> known =
        ThumbnailPlanes.ofAllChannels(image.container(), SIDE).limits();
    List<Limits> limits = new ArrayList<>();
    for (int channel : channels.length == 0 ? new int[] {0} : channels) {
      limits.add(new Limits(known.get(channel).black(), known.get(channel).white()));
    }
    return limits;
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
