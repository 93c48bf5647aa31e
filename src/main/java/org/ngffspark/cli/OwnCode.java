// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.Map;
import java.util.function.Function;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.transform.Extension;
import org.ngffspark.transform.Extensions;
import org.ngffspark.transform.Parameters;

/**
 * Code of users that an option names: a name or class of a jar, or a function of Python.
 *
 * @param title what one is called in messages about its parameters
 * @param known those of jars
 * @param load makes one of a function of Python
 * @param <T> the kind
 */
record OwnCode<T extends Extension<T>>(
    String title, Extensions<T> known, Function<String, ? extends T> load) {

  /**
   * The one of that name with the values of its parameters.
   *
   * @param given texts by parameter name
   * @throws IllegalArgumentException if there is none, or a parameter is wrong
   */
  T named(String name, Map<String, String> given) {
    if (!PythonFunction.isNamedBy(name)) {
      return known.find(name, given);
    }
    T loaded = load.apply(name);
    return loaded.configure(Parameters.of(title, loaded, given));
  }
}
