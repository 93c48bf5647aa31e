// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;

/**
 * {@link Mixing}, taking its time, with a file for each object that it has come to.
 *
 * @param folder for the files
 * @param straggler id of an object whose first time takes 50 times as long
 */
record Slow(String folder, int milliseconds, long straggler) implements MaskedTransform {
  @Override
  public void apply(MaskedPatch object, Patch result) {
    boolean first = note(object.label());
    int times = first && object.label() == straggler ? 50 : 1;
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos((long) milliseconds * times));
    Mixing.ofAllChannels().apply(object, result);
  }

  /** Whether this object has not been seen before. */
  private boolean note(long label) {
    String number = Long.toHexString(ThreadLocalRandom.current().nextLong());
    try {
      Files.createFile(Path.of(folder, label + "-" + number));
      return Files.notExists(Files.createDirectories(Path.of(folder)).resolve("seen-" + label))
          && Path.of(folder, "seen-" + label).toFile().createNewFile();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
