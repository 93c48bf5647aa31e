// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.util.List;
import org.ngffspark.transform.Extension;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;

/**
 * What a function of Python that answers says of itself, as an extension of one kind.
 *
 * @param <T> the kind
 * @param <S> the class itself
 */
abstract class PythonExtension<T extends Extension<T>, S extends T> implements Extension<T> {
  private static final long serialVersionUID = 1L;

  /** The function that answers. */
  final AnsweringFunction function;

  PythonExtension(AnsweringFunction function) {
    this.function = function;
  }

  /** The same by another function. */
  abstract S by(AnsweringFunction other);

  /** The same, by processes that are started in another way. */
  public final S with(PythonSettings settings) {
    return by(function.with(settings));
  }

  @Override
  public final S configure(Parameters given) {
    return by(function.configure(given));
  }

  @Override
  public final String name() {
    return function.name();
  }

  @Override
  public final String description() {
    return function.description();
  }

  @Override
  public final List<Parameter> parameters() {
    return function.parameters();
  }

  @Override
  public final String code() {
    return function.code();
  }
}
