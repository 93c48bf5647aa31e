// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;

/** A store whose values cannot be changed: whoever tries is told so. */
public abstract class ReadOnlyStore implements Store {
  private static final long serialVersionUID = 1L;

  /** What it is, for the message: "a zip archive". */
  protected abstract String kind();

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public void write(String key, ByteBuffer value) {
    throw refused(key);
  }

  @Override
  public boolean writeIfAbsent(String key, ByteBuffer value) {
    throw refused(key);
  }

  @Override
  public void move(String from, String to) {
    throw refused(to);
  }

  @Override
  public void delete(String key) {
    throw refused(key);
  }

  private StoreException refused(String key) {
    return new StoreException(
        "change",
        uri() + "/" + StoreKeys.check(key),
        "it lies in " + kind() + ", which can be read only; write to another place by --output");
  }

  @Override
  public String toString() {
    return uri().toString();
  }
}
