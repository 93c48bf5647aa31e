// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A transform as a user asks for it.
 *
 * @param name of the transform, as the user named it
 * @param parameters all of its parameters as texts, with their defaults; those of one channel alone
 *     as {@code sigma@DAPI}
 * @param transform ready to run
 */
public record TransformStep(String name, Map<String, String> parameters, MaskedTransform transform)
    implements Serializable {
  private static final char AT = '@';

  public TransformStep {
    parameters = new TreeMap<>(parameters);
  }

  /**
   * Finds a transform and gives it its parameters.
   *
   * @param given texts by parameter name; {@code sigma@DAPI} is the value of {@code sigma} for the
   *     channel with the label DAPI, in place of that of {@code sigma}
   * @throws IllegalArgumentException if there is no such transform, a parameter is wrong, or one is
   *     given for a channel of a transform that does not work channel by channel
   */
  public static TransformStep of(Transforms known, String name, Map<String, String> given) {
    return of(known.find(name), name, given, values -> known.find(name, values));
  }

  /** The same of a transform that is found already, without values for its parameters. */
  public static TransformStep of(MaskedTransform found, Map<String, String> given) {
    return of(found, found.name(), given, values -> found.configure(Parameters.of(found, values)));
  }

  private static TransformStep of(
      MaskedTransform transform,
      String name,
      Map<String, String> given,
      Function<Map<String, String>, MaskedTransform> configured) {
    Map<String, String> all = new TreeMap<>();
    Map<String, Map<String, String>> byChannel = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          int at = key.indexOf(AT);
          if (at < 0) {
            all.put(key, value);
          } else {
            byChannel
                .computeIfAbsent(key.substring(at + 1), channel -> new TreeMap<>())
                .put(key.substring(0, at), value);
          }
        });
    if (byChannel.isEmpty()) {
      Map<String, String> values = Parameters.of(transform, all).asMap();
      return new TransformStep(name, values, configured.apply(all));
    }
    Map<String, String> values = new TreeMap<>();
    Map<String, MaskedTransform> ready = new TreeMap<>();
    byChannel.forEach(
        (channel, own) -> {
          Map<String, String> together = new TreeMap<>(all);
          together.putAll(own);
          Map<String, String> canonical = Parameters.of(transform, together).asMap();
          own.keySet().forEach(key -> values.put(key + AT + channel, canonical.get(key)));
          ready.put(channel, configured.apply(together));
        });
    values.putAll(Parameters.of(transform, all).asMap());
    return new TransformStep(name, values, new ChannelTransform(configured.apply(all), ready));
  }
}
