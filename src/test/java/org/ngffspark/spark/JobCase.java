// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.util.List;
import java.util.stream.Stream;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.zarr.nd.DataType;

/** An image and what is done with it; a job must do the same as the sequential loop. */
record JobCase(String name, JobImage image, TransformSpec spec) {
  private static final String NUCLEI = JobImage.NUCLEI;
  private static final String CELLS = JobImage.CELLS;

  @Override
  public String toString() {
    return name;
  }

  private static JobCase of(String name, JobImage image, SpecBuilder spec) {
    return new JobCase(name, image, spec.build());
  }

  private static SpecBuilder mixing() {
    return SpecBuilder.on(NUCLEI).transform(Mixing.ofAllChannels());
  }

  private static SpecBuilder mixingEachChannel() {
    return SpecBuilder.on(NUCLEI).transform(Mixing.ofEachChannel());
  }

  static Stream<JobCase> all() {
    return Stream.of(layouts(), axes(), labels(), values(), options()).flatMap(List::stream);
  }

  static List<JobCase> layouts() {
    JobImage threeChannels = JobImage.plane().shape(3, 64, 80);
    return List.of(
        of("v2", JobImage.plane(), mixing().zoom(1.5)),
        of("v3", JobImage.plane().version(NgffVersion.V0_5), mixing().zoom(2)),
        of("sharded", JobImage.plane().shards(1, 32, 40), mixing().zoom(1.5)),
        of("a shard of all channels", JobImage.plane().shards(2, 32, 40), mixingEachChannel()),
        of("each channel on its own", JobImage.plane().shape(3, 64, 80), mixingEachChannel()),
        of("two channels that are not neighbours", threeChannels, mixing().channels("0", "2")),
        of(
            "channels out of order, each on its own",
            JobImage.plane().shape(3, 64, 80),
            mixingEachChannel().channels("2", "0")),
        of(
            "chunks that span channels",
            JobImage.plane().shape(3, 64, 80).chunks(2, 16, 20),
            mixing().channels("0", "2").zoom(1.5)),
        of(
            "chunks that span channels, each on its own",
            JobImage.plane().shape(3, 64, 80).chunks(2, 16, 20),
            mixingEachChannel().channels("channel 1")),
        of("odd sizes", JobImage.plane().shape(2, 61, 83).levels(4), mixing().zoom(1.5)),
        of("odd sizes, sharded", JobImage.plane().shape(2, 61, 83).shards(1, 32, 20), mixing()),
        of("float32", JobImage.plane().type(DataType.FLOAT32), mixing()),
        of("int8 with a fill value", JobImage.plane().type(DataType.INT8).fill(7), mixing()),
        of("uint8, one chunk", JobImage.plane().type(DataType.UINT8).chunks(2, 64, 80), mixing()));
  }

  static List<JobCase> axes() {
    return List.of(
        of("y x", JobImage.plane().axes("y", "x").shape(64, 80).chunks(16, 20), mixing()),
        of(
            "z y x",
            JobImage.plane().axes("z", "y", "x").shape(5, 40, 50).chunks(2, 16, 20),
            mixing().zoom(1.5)),
        of(
            "c z y x with a plane as label",
            JobImage.plane()
                .axes("c", "z", "y", "x")
                .shape(2, 3, 40, 50)
                .chunks(1, 1, 16, 20)
                .label(LabelImage.discs(NUCLEI, 5, 9).axes("y", "x").chunks(30, 30)),
            mixingEachChannel().zoom(2)),
        of(
            "t c y x",
            JobImage.plane().axes("t", "c", "y", "x").shape(3, 2, 40, 50).chunks(1, 1, 16, 20),
            mixing()),
        of(
            "t c z y x, sharded",
            JobImage.plane()
                .axes("t", "c", "z", "y", "x")
                .shape(2, 2, 4, 32, 40)
                .chunks(1, 1, 2, 16, 20)
                .shards(1, 2, 4, 16, 40),
            mixingEachChannel().zoom(1.5)));
  }

  static List<JobCase> labels() {
    return List.of(
        of("dense labels", dense(), mixing().zoom(2)),
        of("all pixels become 0", dense(), SpecBuilder.on(NUCLEI).transform("fill", "value", "0")),
        of(
            "objects over many units",
            JobImage.plane().label(LabelImage.discs(NUCLEI, 3, 30)),
            mixing()),
        of("ids above 2^31", ids(0xFFFF_FFF0L, DataType.UINT32), mixing().zoom(1.5)),
        of("ids above 2^40, int64", ids(1L << 40, DataType.INT64), mixing()),
        of("ids above 2^62, uint64", ids(Long.MAX_VALUE - 9, DataType.UINT64), mixing().zoom(2)),
        of("missing chunks that are an object", missing(), mixing()),
        of("no object", JobImage.plane().label(LabelImage.discs(NUCLEI, 0, 1)), mixing()),
        of("one pixel", JobImage.plane().label(LabelImage.discs(NUCLEI, 1, 0.5)), mixing()),
        of(
            "one pixel, zoomed",
            JobImage.plane().label(LabelImage.discs(NUCLEI, 1, 0.5)),
            mixing().zoom(9)),
        of("a label of half the pixels", coarse(2), mixing().zoom(1.5)),
        of("a label of twice the pixels", coarse(0.5), mixingEachChannel()),
        of("a label of two thirds of the pixels", coarse(1.6), mixing().zoom(2)),
        of("boxes of a table", table(), mixing().zoom(1.5)),
        of("boxes of a named table", table(), mixing().table("nuclei_table")),
        of(
            "label chunks of their own",
            JobImage.plane().label(LabelImage.discs(NUCLEI, 7, 9).chunks(25, 33)),
            mixing()));
  }

  /** Transforms of values alone, which are done where the pixels lie if masks are apart. */
  static List<JobCase> values() {
    LabelImage plane = LabelImage.discs(NUCLEI, 5, 9).axes("y", "x").chunks(30, 30);
    return List.of(
        of("values of all channels", channels(), inverting()),
        of("values of some channels", channels(), inverting().channels("2", "0").zoom(1.5)),
        of("values of touching objects", dense(), inverting().zoom(2)),
        of("values of some ids", table(), inverting().ids("2,4-5")),
        of("values in shards", JobImage.plane().shards(2, 32, 40), inverting()),
        of("values in chunks of all channels", channels().chunks(2, 16, 20), inverting().zoom(0.7)),
        of(
            "values of a function",
            channels(),
            SpecBuilder.on(NUCLEI).transform(MaskedTransform.ofValues(x -> 100 - x)).zoom(1.5)),
        of("values of int8", JobImage.plane().type(DataType.INT8).fill(7), inverting()),
        of("values of float32", JobImage.plane().type(DataType.FLOAT32), inverting()),
        of("values under a plane", slices().label(plane), inverting()),
        of("values under slices", slices(), inverting().zoom(1.5)),
        of("values under a coarse label", coarse(2), inverting().zoom(1.5)),
        of("values of whole boxes", dense(), inverting().unmasked().zoom(2)),
        of("values without pyramid", JobImage.plane(), inverting().withoutPyramid()),
        of("values of level 1", JobImage.plane(), inverting().level(1)),
        of("values where chunks are missing", missing(), inverting()),
        of(
            "values of nothing",
            JobImage.plane().label(LabelImage.discs(NUCLEI, 0, 1)),
            inverting()));
  }

  private static JobImage channels() {
    return JobImage.plane().shape(3, 64, 80);
  }

  private static JobImage slices() {
    return JobImage.plane().axes("c", "z", "y", "x").shape(2, 3, 40, 50).chunks(1, 2, 16, 20);
  }

  /** Done twice it would be undone. */
  private static SpecBuilder inverting() {
    return SpecBuilder.on(NUCLEI).transform("affine", "scale", "-1", "offset", "100");
  }

  private static JobImage missing() {
    return JobImage.plane().label(LabelImage.discs(NUCLEI, 7, 9).fill(3));
  }

  private static JobImage dense() {
    return JobImage.plane().label(LabelImage.dense(NUCLEI, 12));
  }

  private static JobImage ids(long first, DataType type) {
    return JobImage.plane().label(LabelImage.discs(NUCLEI, 7, 9).ids(first, type));
  }

  private static JobImage coarse(double factor) {
    return JobImage.plane().label(LabelImage.discs(NUCLEI, 7, 9 / factor).factor(factor));
  }

  private static JobImage table() {
    return JobImage.plane().label(LabelImage.discs(NUCLEI, 7, 9).withTable());
  }

  static List<JobCase> options() {
    MaskedTransform all = Mixing.ofAllChannels();
    return List.of(
        of("some ids", JobImage.plane(), mixing().ids("2,4-5")),
        of("some ids of a table", table(), mixing().ids("2,4-5")),
        of("level 1", JobImage.plane(), mixing().level(1).zoom(1.5)),
        of("the coarsest level", JobImage.plane(), mixing().level(2)),
        of("without pyramid", JobImage.plane(), mixing().withoutPyramid()),
        of("boxes that shrink", JobImage.plane(), mixing().zoom(0.4)),
        of("boxes that grow by pixels", JobImage.plane(), mixing().grow("y=1.5", "y=2,x=5px")),
        of("boxes as large as the image", JobImage.plane(), mixing().zoom(50)),
        of(
            "a label masked by itself",
            JobImage.plane(),
            SpecBuilder.on(NUCLEI).transform("erode", "radius", "1.5").onLabel(NUCLEI).zoom(1.2)),
        of("one level only", JobImage.plane().levels(1), mixing()),
        of("whole boxes that overlap", dense(), mixing().unmasked().zoom(2)),
        of("whole boxes, each channel", dense(), mixingEachChannel().unmasked().channels("1", "0")),
        of(
            "a filter with a halo",
            table(),
            SpecBuilder.on(NUCLEI).transform("gaussian-blur", "sigma", "2").zoom(2)),
        of(
            "the background around",
            JobImage.plane(),
            SpecBuilder.on(NUCLEI).transform("subtract-background").zoom(1.5)),
        of("on a label", masked(), onLabel("relabel", "to", "77")),
        of("clearing a label", masked(), onLabel("clear").zoom(1.5)),
        of("largest pieces of a label", masked(), onLabel("keep-largest")),
        of("on level 1 of a label", masked(), onLabel("clear").level(1)),
        of(
            "skipping nothing",
            JobImage.plane(),
            SpecBuilder.on(NUCLEI).transform(all).skipping().timeout(60)));
  }

  private static JobImage masked() {
    return JobImage.plane()
        .label(LabelImage.discs(NUCLEI, 7, 9))
        .label(LabelImage.dense(CELLS, 20).chunks(25, 33));
  }

  private static SpecBuilder onLabel(String transform, String... parameters) {
    return SpecBuilder.on(NUCLEI).transform(transform, parameters).onLabel(CELLS);
  }
}
