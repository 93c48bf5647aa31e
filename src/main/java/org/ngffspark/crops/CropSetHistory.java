// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.ngffspark.crops.CropSetRecord.Source;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * What lies where a set goes, and what of it a run takes over that resumes: the crops of images
 * that an earlier run came to before it was stopped, or the whole set.
 */
record CropSetHistory(CropSetTask task) {

  /**
   * Whether an image is to be cut. The whole set counts if it is of exactly the images of this run.
   *
   * @param image as it was planned
   */
  JobDecision decide(OpenedImage image, Repeat repeat) {
    if (repeat != Repeat.RESUME) {
      return JobDecision.run();
    }
    Map<String, String> whole = whole();
    Optional<CropSetRecord> part = CropSetRecord.of(task.part(image.ref()));
    if (whole.isEmpty() && part.isEmpty()) {
      return JobDecision.run();
    }
    String input = input(image);
    if (!whole.isEmpty() && !input.equals(whole.get(image.ref().toString()))) {
      return JobDecision.refuse(
          "the set holds its crops as they were before it was changed; without --resume the set is"
              + " made anew");
    }
    boolean isDone =
        !whole.isEmpty()
            || part.filter(there -> there.job().equals(job()))
                .filter(there -> isOf(there, image.ref(), input))
                .isPresent();
    return isDone ? JobDecision.skip("done by the same job before") : JobDecision.run();
  }

  private static boolean isOf(CropSetRecord record, ImageRef image, String input) {
    return record.sources().stream()
        .anyMatch(
            source -> source.image().equals(image.toString()) && source.input().equals(input));
  }

  /** Whether the set is there that this job makes of all images of the run. */
  boolean isWhole() {
    return !whole().isEmpty();
  }

  /** Fingerprints of the images of the whole set; empty if it is not there. */
  private Map<String, String> whole() {
    return task.before().inputs(this::findWhole);
  }

  private Optional<CropSetRecord> findWhole() {
    List<String> images = task.images().stream().map(ImageRef::toString).toList();
    StorePath group = StorePath.root(StoreLocations.open(task.files().directory()));
    return CropSetRecord.of(group)
        .filter(there -> there.job().equals(job()) && there.images().equals(images));
  }

  /**
   * What is said of the crops of one image.
   *
   * @param crops their number
   */
  CropSetRecord record(OpenedImage image, int crops) {
    return new CropSetRecord(
        job(), List.of(new Source(image.ref().toString(), input(image), crops)));
  }

  private String input(OpenedImage image) {
    return CropFilesHistory.input(image, task.pixels(), task.files().choice().labelName());
  }

  private String job() {
    SortedMap<String, Object> facts =
        CropFilesHistory.facts(
            task.files().choice(), task.pixels(), task.files().around(), task.onError());
    facts.put("size", task.size());
    facts.put("form", task.form());
    return Fingerprint.of(facts);
  }
}
