// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What users write to be run on objects: transforms, features, finders. It is found by name, by
 * class name, or by {@link java.util.ServiceLoader}; its class is public and has a public
 * constructor without arguments.
 *
 * <p>It is sent to other machines by Java serialization, so its fields are serializable or
 * transient. Objects come in any order, on any machine, and more than once where a task is run
 * again: the result must follow from the arguments alone. Several threads may use one instance at
 * once.
 *
 * @param <T> the kind of extension
 */
public interface Extension<T extends Extension<T>> extends Serializable {

  /** The name on the command line; the class name always works too. */
  default String name() {
    return getClass().getName();
  }

  /** One line for the list of what there is. */
  default String description() {
    return "";
  }

  /** The parameters it takes. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * The same with these values. Called once, before any pixel is read, also if there are no
   * parameters.
   *
   * @param values checked against {@link #parameters}
   * @throws IllegalArgumentException if the values do not go together
   */
  T configure(Parameters values);

  /**
   * Tells versions of its code apart: part of the record of a job, so that changed code makes
   * another job. By default a digest of the jar that the class came in.
   *
   * @return empty for what comes with this program, which its version tells apart
   * @throws IllegalArgumentException if its code cannot be read
   */
  default String code() {
    return ClassCode.digest(getClass());
  }

  /**
   * File names of the jars that its code came in, which a command must name to do the same again;
   * part of the record of a job, but not of what tells jobs apart.
   *
   * @return empty for what comes with this program, and for what lies in no jar
   */
  default Set<String> jars() {
    return ClassCode.jar(getClass());
  }
}
