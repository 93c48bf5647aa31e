// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;

/**
 * A transform that fails for one object, and adds 1 to the pixels of all others.
 *
 * @param label the object
 * @param channel fails only when it sees the channel of that name; {@code ""} for any
 */
record Misbehaving(Way way, long label, String channel) implements MaskedTransform {

  /** What it does. */
  enum Way {
    THROWS,
    THROWS_CHECKED,
    THROWS_ERROR,
    LACKS_A_CLASS,
    RECURSES,
    HANGS,
    TAKES_ALL_MEMORY
  }

  private static final class OwnError extends Error {
    private static final long serialVersionUID = 1L;

    OwnError(String message) {
      super(message);
    }
  }

  static Misbehaving with(Way way, long label) {
    return new Misbehaving(way, label, "");
  }

  @Override
  public boolean channelwise() {
    return !channel.isEmpty();
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    for (int i = 0; i < result.size(); i++) {
      result.set(i, object.patch().value(i) + 1);
    }
    if (object.label() == label && (channel.isEmpty() || object.channelNames().contains(channel))) {
      misbehave();
    }
  }

  private void misbehave() {
    switch (way) {
      case THROWS -> throw new IllegalStateException("no cells today");
      case THROWS_CHECKED -> Misbehaving.<RuntimeException>sneak(new IOException("no cells today"));
      case THROWS_ERROR -> throw new OwnError("no cells today");
      case LACKS_A_CLASS -> throw new NoClassDefFoundError("net/imglib2/Missing");
      case RECURSES -> misbehave();
      case HANGS -> hang();
      case TAKES_ALL_MEMORY -> takeAll();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable checked) throws T {
    throw (T) checked;
  }

  /** Heeds no interrupt. Ends some day, for other tests need the processor. */
  private static void hang() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void takeAll() {
    List<long[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new long[Integer.MAX_VALUE - 8]);
    }
  }
}
