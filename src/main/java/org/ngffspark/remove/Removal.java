// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.remove;

import java.io.Serializable;

/** What is removed of each image. */
public sealed interface Removal extends Serializable {

  /** The node that goes, below the image: {@code ""} for itself. */
  String node();

  /** The image itself. */
  record OfImage() implements Removal {
    @Override
    public String node() {
      return "";
    }

    @Override
    public String toString() {
      return "image";
    }
  }

  /** One of its label images. */
  record OfLabel(String name) implements Removal {
    @Override
    public String node() {
      return "labels/" + name;
    }

    @Override
    public String toString() {
      return "label image '" + name + "'";
    }
  }

  /** One of its tables. */
  record OfTable(String name) implements Removal {
    @Override
    public String node() {
      return "tables/" + name;
    }

    @Override
    public String toString() {
      return "table '" + name + "'";
    }
  }
}
