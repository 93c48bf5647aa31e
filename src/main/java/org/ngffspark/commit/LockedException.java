// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/** Another run holds an image, or died holding it. Nothing was touched. */
public final class LockedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LockHolder holder;

  LockedException(String container, LockHolder holder) {
    super("Image " + container + " is locked by " + holder + "; " + advice(container, holder));
    this.holder = holder;
  }

  /** Whether the other run is known to be dead, so that {@code recover} will do. */
  public boolean isDead() {
    return holder.liveness() == ProcessMark.Liveness.DEAD;
  }

  private static String advice(String container, LockHolder holder) {
    return switch (holder.liveness()) {
      case ALIVE -> "it is still at work: wait for it";
      case DEAD -> "it is dead: run '" + RecoverHint.of(container) + "' first";
      case UNKNOWN ->
          "from here it cannot be told whether it is still at work: run '"
              + RecoverHint.of(container)
              + "' on that host, or, if you know that it is dead, with '--dead-run "
              + holder.id()
              + "'";
    };
  }
}
