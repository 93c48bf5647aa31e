// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;

class GzipCodecTest {
  private static final byte[] CONTENT = Content.RUNS.bytes(5000, new SplittableRandom(1));

  private final CodecScratch scratch = new CodecScratch();
  private final GzipCodec codec = new GzipCodec(6);

  private byte[] decode(byte[] encoded, int capacity) throws DamagedDataException {
    ByteSpan content =
        codec.decode(
            new ByteSpan(encoded, 0, encoded.length),
            scratch.workspace(ScratchSlot.FIRST_STAGE, capacity),
            scratch);
    return Arrays.copyOfRange(content.array(), content.offset(), content.end());
  }

  private static byte[] member(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void othersReadWhatWeWrite() throws Exception {
    int capacity = (int) codec.maxEncodedLength(CONTENT.length);
    ByteSpan encoded =
        codec.encode(
            new ByteSpan(CONTENT, 0, CONTENT.length),
            scratch.workspace(ScratchSlot.FIRST_STAGE, capacity),
            scratch);
    GZIPInputStream stream =
        new GZIPInputStream(
            new ByteArrayInputStream(encoded.array(), encoded.offset(), encoded.length()));
    assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
  }

  @Test
  void everyFieldOfAHeaderIsSkipped() throws Exception {
    GzipParameters parameters = new GzipParameters();
    parameters.setFileName("chunk");
    parameters.setComment("a comment");
    parameters.setHeaderCRC(true);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GzipCompressorOutputStream stream = new GzipCompressorOutputStream(bytes, parameters)) {
      stream.write(CONTENT);
    }
    assertThat(decode(bytes.toByteArray(), CONTENT.length)).isEqualTo(CONTENT);
    assertThat(decode(withExtraField(member(CONTENT)), CONTENT.length)).isEqualTo(CONTENT);
  }

  private static byte[] withExtraField(byte[] member) {
    byte[] result = new byte[member.length + 5];
    System.arraycopy(member, 0, result, 0, 10);
    result[3] |= 4;
    result[10] = 3;
    System.arraycopy(member, 10, result, 15, member.length - 10);
    return result;
  }

  @Test
  void membersFollowEachOther() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(member(Arrays.copyOf(CONTENT, 100)));
    bytes.write(member(Arrays.copyOfRange(CONTENT, 100, CONTENT.length)));
    assertThat(decode(bytes.toByteArray(), CONTENT.length)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> decode(bytes.toByteArray(), CONTENT.length - 1))
        .isInstanceOf(TooLongException.class);
  }

  @Test
  void damageIsNamed() throws Exception {
    byte[] member = member(CONTENT);
    check(Arrays.copyOf(member, 9), "gzip: header ends early");
    check(Arrays.copyOf(member, 40), "gzip: stream ends early");
    check(Arrays.copyOf(member, member.length - 1), "gzip: checksum ends early");
    check(Arrays.copyOf(member, member.length + 1), "gzip: header ends early");
    check(changed(member, 0), "gzip: not a gzip header");
    check(changed(member, member.length - 5), "gzip: checksum does not fit");
    check(changed(member, member.length - 1), "gzip: length does not fit");
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private void check(byte[] encoded, String problem) {
    assertThatThrownBy(() -> decode(encoded, CONTENT.length))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining(problem);
  }
}
