// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Writes that go on while the caller works, where a write takes long: at most so many, so that
 * little memory waits. Not safe for several threads.
 */
public final class WritesBehind implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final int atOnce;
  private final ExecutorService threads;
  private final Deque<Future<?>> pending = new ArrayDeque<>();

  private WritesBehind(int atOnce) {
    this.atOnce = atOnce;
    this.threads = Executors.newCachedThreadPool(run -> new Thread(run, "ngff-spark-write"));
  }

  /** As many as a store best has; where that is one, each is through before the next begins. */
  public static WritesBehind to(Store store) {
    return new WritesBehind(Math.min(AT_ONCE, store.requestsAtOnce()));
  }

  /**
   * Begins a write; waits before that while too many others are on their way.
   *
   * @param value stays the caller's, who may change it afterwards
   * @param write called by another thread, or by this one
   * @throws RuntimeException what a write before this one has thrown
   */
  public void add(ByteBuffer value, Consumer<ByteBuffer> write) {
    if (atOnce == 1) {
      write.accept(value);
      return;
    }
    if (pending.size() == atOnce) {
      await(pending.removeFirst());
    }
    ByteBuffer copy = ByteBuffer.allocate(value.remaining()).put(value.duplicate()).flip();
    pending.addLast(threads.submit(() -> write.accept(copy)));
  }

  /**
   * Waits for all that were begun.
   *
   * @throws RuntimeException what one of them has thrown
   */
  public void finish() {
    while (!pending.isEmpty()) {
      await(pending.removeFirst());
    }
  }

  private static void await(Future<?> write) {
    Awaited.result(write, "Interrupted while waiting for a store");
  }

  /** Gives up what {@link #finish} was not called for; nothing goes on after this. */
  @Override
  public void close() {
    threads.shutdownNow();
    pending.clear();
    Awaited.end(threads);
  }
}
