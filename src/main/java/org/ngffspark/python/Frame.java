// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

/**
 * The kinds of frames on the pipes to and from a process of Python, as {@code wire.py} knows them.
 */
enum Frame {
  /** JSON: which function; answered by a description. */
  LOAD(1),
  /** JSON: texts of its parameters by name; answered. */
  CONFIGURE(2),
  /** JSON: what the objects that follow have in common; not answered. */
  CONTEXT(3),
  /** Number of objects, then each of them; answered by a result each. */
  APPLY(4),
  /** The same, with pixels, masks and labels in the memory that both ends share. */
  APPLY_SHARED(5),
  READY(16),
  DESCRIPTION(17),
  CONFIGURED(18),
  /** Pixels of a result. */
  RESULT(19),
  /** Nothing: the pixels of a result lie where those of the object did. */
  RESULT_SHARED(22),
  /** JSON: notes on the object whose result follows. */
  NOTES(20),
  /** JSON: what went wrong. */
  FAILED(21);

  /** Version of the protocol. */
  static final int VERSION = 3;

  private final int code;

  Frame(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Frame of(int code) {
    for (Frame frame : values()) {
      if (frame.code == code) {
        return frame;
      }
    }
    throw new IllegalStateException("There is no kind of frame " + code);
  }
}
