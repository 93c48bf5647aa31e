// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds extensions of one kind: those that come with the program, those that jars announce to
 * {@link ServiceLoader}, and any class by its name.
 *
 * @param <T> the kind
 */
public final class Extensions<T extends Extension<T>> {
  private static final String COPY =
      " of this program but of a copy of it in its own jar: leave ngff-spark out of the jar";

  private final Class<T> face;
  private final String noun;
  private final List<T> builtIn;
  private final ClassLoader loader;

  private Extensions(Class<T> face, String noun, List<T> builtIn, ClassLoader loader) {
    this.face = face;
    this.noun = noun;
    this.builtIn = List.copyOf(builtIn);
    this.loader = loader;
  }

  /**
   * The extensions that a class loader sees.
   *
   * @param face the interface of the kind
   * @param noun what one is called in messages
   * @param builtIn those that come with the program, by name
   */
  public static <T extends Extension<T>> Extensions<T> of(
      Class<T> face, String noun, List<T> builtIn, ClassLoader loader) {
    return new Extensions<>(face, noun, builtIn, loader);
  }

  /**
   * All that are known by name: first those of the program, then those of jars, each by name.
   *
   * @throws IllegalArgumentException if a jar announces a class that cannot be used
   */
  public List<T> all() {
    List<T> all = new ArrayList<>(builtIn);
    all.addAll(announced());
    return all;
  }

  private List<T> announced() {
    try {
      return ServiceLoader.load(face, loader).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(Extension::name))
          .toList();
    } catch (ServiceConfigurationError broken) {
      throw new IllegalArgumentException(
          "A jar announces a "
              + noun
              + " that cannot be used: "
              + broken.getMessage()
              + (isCopied() ? ", which is not" + COPY : ""),
          broken);
    }
  }

  /** Whether the jars bring an interface of their own, of the same name. */
  private boolean isCopied() {
    try {
      return Class.forName(face.getName(), false, loader) != face;
    } catch (ClassNotFoundException none) {
      return false;
    }
  }

  /**
   * The one of that name, or else of that class name, without values for its parameters.
   *
   * @throws IllegalArgumentException if there is none, if two have that name, or if the class is
   *     not one that can be made
   */
  public T find(String nameOrClass) {
    List<T> all = all();
    List<T> named = all.stream().filter(one -> one.name().equals(nameOrClass)).toList();
    if (named.size() > 1) {
      throw new IllegalArgumentException(
          "Several "
              + noun
              + "s are called '"
              + nameOrClass
              + "'; name one by its class: "
              + named.stream().map(one -> one.getClass().getName()).toList());
    }
    return named.stream().findFirst().orElseGet(() -> create(load(nameOrClass, all)));
  }

  /**
   * The one of that name or class name, ready to run: with the values of its parameters, and known
   * to survive the way to another machine.
   *
   * @param given texts by parameter name
   * @throws IllegalArgumentException as {@link #find(String)}; if a parameter is wrong; if it is
   *     not serializable
   */
  public T find(String nameOrClass, Map<String, String> given) {
    T found = find(nameOrClass);
    T ready = found.configure(Parameters.of(title(), found, given));
    requireSerializable(ready);
    return ready;
  }

  private String title() {
    return noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
  }

  private Class<?> load(String className, List<T> all) {
    try {
      return Class.forName(className, true, loader);
    } catch (ClassNotFoundException unknown) {
      throw new IllegalArgumentException(
          "No "
              + noun
              + " or class '"
              + className
              + "'; there are "
              + all.stream().map(Extension::name).toList()
              + ". A class of your own must be in a jar named with --jars",
          unknown);
    } catch (LinkageError broken) {
      throw new IllegalArgumentException(
          "Class '"
              + className
              + "' cannot be loaded: "
              + broken
              + "; are the libraries that it uses given with --jars or --packages?",
          broken);
    }
  }

  private T create(Class<?> type) {
    if (!face.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "Class '" + type.getName() + "' is not a " + face.getName() + hint(type));
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException("Class '" + type.getName() + "' is abstract");
    }
    try {
      return face.cast(type.getConstructor().newInstance());
    } catch (NoSuchMethodException | IllegalAccessException hidden) {
      throw new IllegalArgumentException(
          "Class '"
              + type.getName()
              + "' must be public with a public constructor without arguments",
          hidden);
    } catch (InvocationTargetException failed) {
      throw new IllegalArgumentException(
          "The constructor of '" + type.getName() + "' failed: " + failed.getCause(), failed);
    } catch (InstantiationException impossible) {
      throw new IllegalArgumentException(
          "Class '" + type.getName() + "' cannot be made: " + impossible, impossible);
    }
  }

  /** A jar that packs this program's classes too has an interface of the same name and no more. */
  private String hint(Class<?> type) {
    return implementsNamesake(type) ? COPY : "";
  }

  private boolean implementsNamesake(Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      if (implemented.getName().equals(face.getName()) || implementsNamesake(implemented)) {
        return true;
      }
    }
    return Optional.ofNullable(type.getSuperclass()).filter(this::implementsNamesake).isPresent();
  }

  private void requireSerializable(T extension) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(extension);
    } catch (IOException broken) {
      throw new IllegalArgumentException(
          title()
              + " '"
              + extension.name()
              + "' cannot be sent to another machine, its fields must be serializable or transient: "
              + broken,
          broken);
    }
  }
}
