// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ngffspark.apply.Companions;
import org.ngffspark.chunks.ChunkPool;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.image.Container;
import org.ngffspark.job.ChunkReads;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.ImageRun;
import org.ngffspark.job.OpenedImage;
import org.ngffspark.ngff.Dataset;
import org.ngffspark.ngff.ImageMetadata;
import org.ngffspark.ngff.ImageNode;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.ArrayMetadata;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.BufferSource;
import org.ngffspark.zarr.store.ByteRange;
import org.ngffspark.zarr.store.ForwardingStore;
import org.ngffspark.zarr.store.MemoryStore;
import org.ngffspark.zarr.store.NamedStores;
import org.ngffspark.zarr.store.ObservedStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StoreOperation.Kind;
import org.ngffspark.zarr.store.StorePath;

/** What a dry run says of reads is what a run does, whatever the two grids and the memory are. */
class ConvertReadsTest {
  private static final int CASES = 40;

  private final ObservedStore source = ObservedStore.of(new MemoryStore());
  private final Store target = new MemoryStore();
  private final URI from = NamedStores.add(source);
  private final URI to = NamedStores.add(target);
  private final URI worn = NamedStores.add(new WornStore(target));
  private final ImageRef image = new ImageRef(from, "i.zarr");

  /** Gives of parts of staged values another first byte than was written. */
  private static final class WornStore extends ForwardingStore {
    private static final long serialVersionUID = 1L;

    WornStore(Store store) {
      super(store);
    }

    @Override
    public Optional<ByteBuffer> read(String key, ByteRange range, BufferSource buffers) {
      Optional<ByteBuffer> value = super.read(key, range, buffers);
      if (range instanceof ByteRange.Slice && key.contains("/units/")) {
        value.ifPresent(bytes -> bytes.put(0, (byte) ~bytes.get(0)));
      }
      return value;
    }
  }

  @AfterEach
  void forgetStores() {
    NamedStores.remove(from);
    NamedStores.remove(to);
    NamedStores.remove(worn);
  }

  private NdArray write(Shape shape, Shape chunk) {
    StorePath root = new StorePath(source, image.path());
    source.deleteTree("");
    target.deleteTree("");
    NdArray noise = NdArray.zeros(DataType.UINT16, shape);
    new SplittableRandom(shape.elements()).nextBytes(noise.bytes());
    ArrayMetadata metadata =
        ArrayMetadata.defaults(ZarrFormat.V2, shape, chunk, DataType.UINT16, List.of());
    ZarrArray.create(root.child("0"), metadata).write(Box.whole(shape), noise);
    Dataset level = Dataset.of("0", List.of(1.0, 1.0, 1.0, 1.0));
    Axes axes = Axes.of("c", "z", "y", "x");
    ImageNode.create(root, ImageMetadata.create(NgffVersion.V0_4, axes, List.of(level), List.of()));
    return noise;
  }

  private ConvertTask task(String chunks, String shards, PixelChoice choice, long memory) {
    return task(chunks, shards, choice, to, memory);
  }

  private ConvertTask task(
      String chunks, String shards, PixelChoice choice, URI place, long memory) {
    return new ConvertTask(
        new OutputLayout(
            OutputForm.NGFF_0_5, GridChoice.of(chunks), GridChoice.of(shards), OutputCodec.NONE),
        choice,
        place,
        Map.of(image, "new.zarr"),
        Companions.NONE,
        Unkept.REFUSED,
        Existing.REFUSE,
        memory % 2 == 0 ? Verification.NONE : Verification.READ_BACK,
        memory);
  }

  private static PixelChoice all() {
    return new PixelChoice(List.of(), 0, new TypeChange.Kept(), Crop.parse(""));
  }

  /** What a dry run says; as often are chunks read. */
  private ChunkReads reads(ConvertTask task, String what) {
    ChunkReads told;
    try (OpenedImage opened = OpenedImage.unplanned(image, task, new ChunkPool(0))) {
      told = task.chunkReads(opened);
    }
    source.log().clear();
    ImageRun.of(task, image, RunInfo.current("convert", Map.of()));
    List<String> read =
        source.log().operations().stream()
            .filter(each -> each.kind() == Kind.READ)
            .map(each -> each.key())
            .filter(key -> key.matches("i\\.zarr/0/\\d.*"))
            .toList();
    assertThat(read.stream().distinct()).as(what).hasSize((int) told.chunks());
    assertThat(read).as(what).hasSize((int) told.reads());
    return told;
  }

  private NdArray made() {
    return Container.open(new StorePath(target, "new.zarr")).image().read().pixels();
  }

  @Test
  void planesBecomeShardsOfSixteenPlanesWhoseChunksAreReadOnceEach() {
    // A stack of 64 planes of 2160 x 2560 into 16 x 512 x 512, a twentieth of it in y and x.
    NdArray pixels = write(Shape.of(1, 64, 108, 128), Shape.of(1, 1, 108, 128));
    long memory = ConvertTask.MEMORY / (20 * 20);
    ConvertTask task = task("1,26,26", "16,26,26", all(), memory);
    assertThat(reads(task, "stack")).isEqualTo(new ChunkReads(64, 64));
    assertThat(made().bytes()).isEqualTo(pixels.bytes());
    assertThat(target.list("new.zarr/0/c")).hasSize(4 * 5 * 5);
  }

  @Test
  void channelsOfOneChunkAreTakenEachByItself() {
    Shape shape = Shape.of(4, 1, 8, 8);
    NdArray pixels = write(shape, Shape.of(2, 1, 8, 8));
    List<String> channels = List.of("0", "3", "2", "1");
    PixelChoice choice = new PixelChoice(channels, 0, new TypeChange.Kept(), Crop.parse(""));
    ChunkReads reads = reads(task("keep", "none", choice, ConvertTask.MEMORY), "channels");
    assertThat(reads).isEqualTo(new ChunkReads(2, 4));
    for (int c = 0; c < 4; c++) {
      Box from = Box.whole(shape).with(0, (4 - c) % 4, (4 - c) % 4 + 1);
      assertThat(made().cut(Box.whole(shape).with(0, c, c + 1)).bytes())
          .as("channel %d", c)
          .isEqualTo(pixels.cut(from).bytes());
    }
  }

  @Test
  void whatIsReadBackOtherwiseThanItWasWrittenFailsTheImage() {
    write(Shape.of(1, 2, 8, 8), Shape.of(1, 1, 8, 8));
    long bytesOfChunk = 2 * 64;
    for (long memory : List.of(ConvertTask.MEMORY + 1, bytesOfChunk + 1)) {
      ConvertTask task = task("1,8,8", "2,8,8", all(), worn, memory);
      assertThatThrownBy(() -> ImageRun.of(task, image, RunInfo.current("convert", Map.of())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("new.zarr/0: the pixels of [0:1, 0:")
          .hasMessageContaining("are not those that were written");
      assertThat(target.list("new.zarr")).isEmpty();
    }
  }

  @Test
  void whatADryRunSaysOfReadsIsWhatIsRead() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    LongSupplier any = () -> random.nextLong(1, 9);
    boolean isOnce = false;
    boolean isOften = false;
    for (int i = 0; i < CASES; i++) {
      Shape shape = Shape.of(2, any.getAsLong(), 4 * any.getAsLong(), 4 * any.getAsLong());
      Shape chunk =
          Shape.of(random.nextLong(1, 3), any.getAsLong(), any.getAsLong(), any.getAsLong());
      NdArray pixels = write(shape, chunk);
      String chunks = "1,%d,%d".formatted(any.getAsLong(), any.getAsLong());
      String shards = "%d,%d,%d".formatted(any.getAsLong(), any.getAsLong(), any.getAsLong());
      boolean isPart = i % 4 == 3;
      PixelChoice choice =
          isPart
              ? new PixelChoice(List.of(), 0, new TypeChange.Kept(), Crop.parse("y=1:3,x=2:"))
              : all();
      long memory = 1L << random.nextInt(4, 14) | random.nextInt(2);
      String what =
          "seed %d, case %d: %s in %s, chunks %s, shards %s, memory %d"
              .formatted(seed, i, shape, chunk, chunks, shards, memory);
      ChunkReads reads = reads(task(chunks, shards, choice, memory), what);
      isOnce |= reads.reads() == reads.chunks();
      isOften |= reads.reads() > reads.chunks();
      if (!isPart) {
        assertThat(made().bytes()).as(what).isEqualTo(pixels.bytes());
      }
    }
    assertThat(isOnce && isOften).as("seed %d", seed).isTrue();
  }
}
