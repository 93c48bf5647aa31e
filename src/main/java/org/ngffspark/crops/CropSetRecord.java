// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ngffspark.zarr.store.StorePath;

/**
 * What crops were made of and how, among the attributes of their group. It is the same for two runs
 * that make the same crops of the same pixels.
 *
 * @param job digest of all that decides about the crops, besides the images
 * @param sources the images, in the order of their crops
 */
record CropSetRecord(String job, List<Source> sources) {
  private static final String JOB = "job";
  private static final String SOURCES = "sources";
  private static final String IMAGE = "image";
  private static final String INPUT = "input";
  private static final String CROPS = "crops";

  /**
   * One image.
   *
   * @param image path or URI
   * @param input fingerprint of the pixels and labels that were read
   * @param crops number of its crops
   */
  record Source(String image, String input, int crops) {}

  CropSetRecord {
    sources = List.copyOf(sources);
  }

  /** Of crops that are complete; empty if there are none, or none that tell it. */
  static Optional<CropSetRecord> of(StorePath group) {
    return CropArrays.attributes(group)
        .filter(crops -> crops.path(JOB).isTextual() && crops.path(SOURCES).isArray())
        .map(CropSetRecord::from);
  }

  private static CropSetRecord from(JsonNode crops) {
    List<Source> sources = new ArrayList<>();
    crops
        .path(SOURCES)
        .forEach(
            each ->
                sources.add(
                    new Source(
                        each.path(IMAGE).asText(),
                        each.path(INPUT).asText(),
                        each.path(CROPS).asInt())));
    return new CropSetRecord(crops.path(JOB).asText(), sources);
  }

  /** Of the crops of several images of one job, one image after the other. */
  static CropSetRecord joined(List<CropSetRecord> records) {
    return new CropSetRecord(
        records.get(0).job(), records.stream().flatMap(each -> each.sources().stream()).toList());
  }

  /** A copy of the attributes with this record. */
  ObjectNode addTo(ObjectNode attributes) {
    ObjectNode all = attributes.deepCopy();
    all.put(JOB, job);
    sources.forEach(
        source ->
            all.withArray(SOURCES)
                .addObject()
                .put(IMAGE, source.image())
                .put(INPUT, source.input())
                .put(CROPS, source.crops()));
    return all;
  }

  /** The images, in the order of their crops. */
  List<String> images() {
    return sources.stream().map(Source::image).toList();
  }

  /** Number of crops of all images. */
  int crops() {
    return sources.stream().mapToInt(Source::crops).reduce(0, Math::addExact);
  }
}
