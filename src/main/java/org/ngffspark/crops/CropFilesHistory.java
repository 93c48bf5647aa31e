// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ngffspark.crops.CropTask.Around;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.history.JobDecision;
import org.ngffspark.history.Repeat;
import org.ngffspark.job.ImageContent;
import org.ngffspark.job.ObjectChoice;
import org.ngffspark.job.OnError;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.store.StorePath;

/**
 * What the files of one image were made of and how: {@code crops.json} beside them. It is written
 * when all are there, and taken away before one of them is written anew. So a run that resumes
 * knows the images that are done.
 *
 * @param folder of the files
 * @param pixels that they hold
 * @param labelName label image whose objects they show
 * @param job digest of all that decides about them, besides the image
 */
record CropFilesHistory(StorePath folder, PixelTarget pixels, String labelName, String job) {
  static final String FILE = "crops.json";

  /** Of the files that a task makes of an image. */
  static CropFilesHistory of(CropTask task, StorePath folder) {
    SortedMap<String, Object> facts =
        facts(task.choice(), task.pixels(), task.around(), task.onError());
    facts.put("format", task.format());
    return new CropFilesHistory(
        folder, task.pixels(), task.choice().labelName(), Fingerprint.of(facts));
  }

  /** Of the pictures that a task draws of an image. */
  static CropFilesHistory of(PictureTask task, StorePath folder) {
    SortedMap<String, Object> facts =
        facts(task.choice(), task.pixels(), task.around(), task.onError());
    facts.put("style", task.style());
    return new CropFilesHistory(
        folder, task.pixels(), task.choice().labelName(), Fingerprint.of(facts));
  }

  /** What decides about the pixels of crops, by name. */
  static SortedMap<String, Object> facts(
      ObjectChoice choice, PixelTarget pixels, Around around, OnError onError) {
    SortedMap<String, Object> facts = new TreeMap<>();
    facts.put("label", choice.labelName());
    facts.put("table", choice.table());
    facts.put("growth", choice.growth());
    facts.put("ids", choice.labels());
    facts.put("label grid", choice.grid());
    facts.put("pixels", pixels);
    facts.put("around", around);
    facts.put("on error", onError);
    return facts;
  }

  /**
   * Whether an image is to be cut. What is not of this job and of the image as it is now is
   * forgotten: files that are there are replaced.
   *
   * @param image as it was planned
   * @throws org.ngffspark.zarr.store.FormatException if the run resumes and what is there is not
   *     JSON
   */
  JobDecision decide(OpenedImage image, Repeat repeat) {
    StorePath file = folder.child(FILE);
    if (repeat == Repeat.RESUME && Json.read(file).filter(record(image)::equals).isPresent()) {
      return JobDecision.skip("done by the same job before");
    }
    folder.store().delete(folder.key(FILE));
    return JobDecision.run();
  }

  /** Says that all files of the image are there. */
  void write(OpenedImage image) {
    Json.write(folder.child(FILE), record(image));
  }

  private ObjectNode record(OpenedImage image) {
    return Json.object().put("job", job).put("input", input(image, pixels, labelName));
  }

  /** Fingerprint of the pixels and labels that are read, as they are now. */
  static String input(OpenedImage image, PixelTarget pixels, String labelName) {
    return Fingerprint.of(ImageContent.of(image, pixels.node(), labelName).values());
  }
}
