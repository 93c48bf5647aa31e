// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.codec;

import java.util.SplittableRandom;

/** Kinds of bytes that lead compressors down different paths. */
enum Content {
  ZEROS {
    @Override
    void fill(byte[] bytes, SplittableRandom random) {}
  },
  CONSTANT {
    @Override
    void fill(byte[] bytes, SplittableRandom random) {
      java.util.Arrays.fill(bytes, (byte) random.nextInt());
    }
  },
  /** 16-bit numbers with a noisy low byte and a calm high byte. */
  NOISY_SHORTS {
    @Override
    void fill(byte[] bytes, SplittableRandom random) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (i % 2 == 0 ? random.nextInt() : i / 3000);
      }
    }
  },
  RUNS {
    @Override
    void fill(byte[] bytes, SplittableRandom random) {
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(1, 12)));
        java.util.Arrays.fill(bytes, at, end, (byte) random.nextInt(6));
        at = end;
      }
    }
  },
  /** Copies of earlier stretches from near and far. */
  REPEATS {
    @Override
    void fill(byte[] bytes, SplittableRandom random) {
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(700));
        int from = at == 0 ? 0 : random.nextInt(at);
        for (int i = 0; i < length; i++, at++) {
          bytes[at] = i % 90 == 0 ? (byte) random.nextInt() : bytes[from + i];
        }
      }
    }
  },
  RANDOM {
    @Override
    void fill(byte[] bytes, SplittableRandom random) {
      random.nextBytes(bytes);
    }
  };

  abstract void fill(byte[] bytes, SplittableRandom random);

  byte[] bytes(int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    fill(bytes, random);
    return bytes;
  }
}
