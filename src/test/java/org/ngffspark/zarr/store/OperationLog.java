// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Remembers the operations of a store in order and makes a chosen one go wrong. Operations are
 * counted from 1, from the last {@link #clear} on. Its use is in tests that state costs as exact
 * counts and that break off a piece of work at every step.
 */
public final class OperationLog implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<StoreOperation> operations = new ArrayList<>();
  private int faulty;
  private StoreFault fault = StoreFault.REFUSED;
  private boolean crash;
  private boolean dead;
  private int paused;
  private transient Runnable meanwhile = () -> {};

  /** All operations so far, those that failed included. */
  public synchronized List<StoreOperation> operations() {
    return List.copyOf(operations);
  }

  /** How many operations of one kind there were. */
  public long count(StoreOperation.Kind kind) {
    return operations().stream().filter(each -> each.kind() == kind).count();
  }

  /** The keys of one kind of operations, in order. */
  public List<String> keys(StoreOperation.Kind kind) {
    return operations().stream()
        .filter(each -> each.kind() == kind)
        .map(StoreOperation::key)
        .toList();
  }

  /** Forgets all operations and faults; a store that crashed works again. */
  public synchronized void clear() {
    operations.clear();
    faulty = 0;
    dead = false;
    paused = 0;
  }

  /** Does something else right before operation {@code n}, as if whoever asks for it had slept. */
  public synchronized void pauseAt(int n, Runnable meanwhile) {
    this.paused = n;
    this.meanwhile = meanwhile;
  }

  /** Makes operation {@code n} go wrong; later ones work. */
  public synchronized void failAt(int n, StoreFault how) {
    faulty = n;
    fault = how;
    crash = false;
  }

  /** Makes operation {@code n} go wrong and all later ones fail, as when the process dies there. */
  public synchronized void crashAt(int n, StoreFault how) {
    failAt(n, how);
    crash = true;
  }

  /**
   * Carries out one operation.
   *
   * @param whole all of it
   * @param half what is done of it when it is torn
   */
  synchronized <T> T perform(
      StoreOperation.Kind kind, String key, Supplier<T> whole, Runnable half) {
    StoreOperation operation = new StoreOperation(kind, key);
    operations.add(operation);
    if (dead) {
      throw injected(operation, "the store is gone");
    }
    if (operations.size() == paused) {
      meanwhile.run();
    }
    if (operations.size() != faulty) {
      return whole.get();
    }
    dead = crash;
    String problem = "operation " + faulty + " was told to fail: " + fault;
    if (fault == StoreFault.TORN) {
      half.run();
    } else if (fault == StoreFault.ANSWER_LOST) {
      T lost = whole.get();
      problem += ", lost " + lost;
    }
    throw injected(operation, problem);
  }

  private static StoreException injected(StoreOperation operation, String problem) {
    return new StoreException(operation.kind().toString(), operation.key(), problem);
  }
}
