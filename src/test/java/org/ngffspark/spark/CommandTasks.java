// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ngffspark.apply.Companions;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.boxes.BoxTask;
import org.ngffspark.convert.ConvertTask;
import org.ngffspark.convert.Crop;
import org.ngffspark.convert.GridChoice;
import org.ngffspark.convert.OutputCodec;
import org.ngffspark.convert.OutputForm;
import org.ngffspark.convert.OutputLayout;
import org.ngffspark.convert.PixelChoice;
import org.ngffspark.convert.TypeChange;
import org.ngffspark.convert.Unkept;
import org.ngffspark.convert.Verification;
import org.ngffspark.crops.CropFormat;
import org.ngffspark.crops.CropTask;
import org.ngffspark.crops.PastedFiles;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.image.Container;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ObjectTask;
import org.ngffspark.job.OnError;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.job.RunSettings;
import org.ngffspark.labels.Search.ByThreshold;
import org.ngffspark.labels.SegmentTask;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.project.ProjectTask;
import org.ngffspark.project.Projection;
import org.ngffspark.pyramid.PyramidTask;
import org.ngffspark.remove.Foreign;
import org.ngffspark.remove.Removal;
import org.ngffspark.remove.RemoveTask;
import org.ngffspark.roi.AxisName;
import org.ngffspark.segment.Segmentation;
import org.ngffspark.segment.ThresholdMethod;
import org.ngffspark.table.MaskingRoiTable;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.tables.TableTask;
import org.ngffspark.zarr.nd.DataType;

/** A small task of each command, for images of {@link JobImage} with nuclei. */
final class CommandTasks {
  private CommandTasks() {}

  static TransformTask transform(Destination destination) {
    return new TransformTask(
        SpecBuilder.on(JobImage.NUCLEI).transform("affine", "offset", "1").build(), destination);
  }

  static CropTask crops(Path folder, List<ImageRef> images) {
    return crops(HookedStores.uri(folder.resolve("crops")), folders(images));
  }

  private static CropTask crops(URI directory, Map<ImageRef, String> folders) {
    return new CropTask(
        SpecBuilder.on(JobImage.NUCLEI).build().objects(),
        PixelTarget.image(),
        CropTask.Around.KEPT,
        CropFormat.NPY,
        OnError.FAIL,
        directory,
        folders);
  }

  private static Map<ImageRef, String> folders(List<ImageRef> images) {
    Map<ImageRef, String> folders = new TreeMap<>(Comparator.comparing(ImageRef::path));
    images.forEach(image -> folders.put(image, image.path()));
    return folders;
  }

  /** Of crops that are cut, and changed, before. */
  static TransformTask paste(TestSpark spark, Path folder, List<ImageRef> images) {
    Path cut = folder.resolve("cut by " + images.get(0).root().getScheme());
    spark.run(
        crops(cut.toUri(), folders(images)),
        RunSettings.of("test"),
        1,
        images.toArray(ImageRef[]::new));
    Folders.content(cut)
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(".npy")) {
                bytes[bytes.length - 1] ^= 1;
                Folders.write(cut.resolve(name), bytes);
              }
            });
    PastedFiles files = PastedFiles.in(cut.toUri(), folders(images), Optional.empty());
    return new TransformTask(
        TransformSpec.on(JobImage.NUCLEI)
            .with(files.transform(), "paste", Map.of())
            .objects(files.cut().choice(files.ids()))
            .build(),
        new Destination.InPlace());
  }

  /** Of a table that is written before. */
  static TableTask tables(List<ImageRef> images) {
    for (ImageRef image : images) {
      Container container = Container.open(image.open());
      MaskingRoiTable regions = MaskingRoiTable.of(container.label(JobImage.NUCLEI).boxes());
      container.tables().write("regions", regions, JobImage.NUCLEI, WritableBackend.CSV);
    }
    return new TableTask("regions", new TableTask.Delete());
  }

  static ObjectTask<?, ?> rois() {
    return new BoxTask(
        JobImage.NUCLEI, LabelSelection.all(), "boxes", WritableBackend.ANNDATA, Existing.REFUSE);
  }

  static ObjectTask<?, ?> pyramid() {
    return new PyramidTask(PixelTarget.image(), 0);
  }

  static ObjectTask<?, ?> measure() {
    return new MeasureTask(
        JobImage.NUCLEI,
        new PixelTarget.OfImage(List.of(), 0),
        FeatureSet.ofDefaults(),
        LabelSelection.all(),
        "features",
        WritableBackend.ANNDATA,
        Existing.REFUSE,
        FeatureExport.NONE);
  }

  static ObjectTask<?, ?> segment() {
    return new SegmentTask(
        new ByThreshold(Segmentation.by(ThresholdMethod.OTSU)),
        List.of("0"),
        "found",
        "found_ROI_table",
        WritableBackend.ANNDATA,
        Existing.REFUSE);
  }

  static ObjectTask<?, ?> project() {
    return new ProjectTask(
        Projection.MAX, AxisName.C, new Destination.Sibling("Flat", Existing.REFUSE));
  }

  /** Of a label image that was not made by a run. */
  static ObjectTask<?, ?> remove(List<ImageRef> images) {
    return new RemoveTask(new Removal.OfLabel(JobImage.NUCLEI), Foreign.REMOVE, Set.copyOf(images));
  }

  /** Into images beside the others. */
  static ObjectTask<?, ?> convert(List<ImageRef> images) {
    Map<ImageRef, String> folders = new TreeMap<>(Comparator.comparing(ImageRef::path));
    images.forEach(image -> folders.put(image, "new-" + image.path()));
    return new ConvertTask(
        new OutputLayout(
            OutputForm.NGFF_0_5, GridChoice.AUTO, GridChoice.of("none"), OutputCodec.KEPT),
        new PixelChoice(
            List.of(),
            0,
            new TypeChange.Rescaled(DataType.UINT16, 0, 65_535),
            Crop.parse("y=0:,x=0:2048")),
        images.get(0).root(),
        folders,
        Companions.LABELS_AND_TABLES,
        Unkept.REFUSED,
        Existing.REFUSE,
        Verification.READ_BACK,
        ConvertTask.MEMORY);
  }
}
