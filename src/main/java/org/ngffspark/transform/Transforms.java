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
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds transforms: those that come with the program, those that jars announce to {@link
 * ServiceLoader}, and any class by its name.
 */
public final class Transforms {
  private final ClassLoader loader;

  private Transforms(ClassLoader loader) {
    this.loader = loader;
  }

  /** The transforms that {@code loader} sees. */
  public static Transforms of(ClassLoader loader) {
    return new Transforms(loader);
  }

  /** The transforms that come with the program, by name. */
  public static List<MaskedTransform> builtIn() {
    return List.of(
        new Affine(),
        new Clear(),
        new Clip(),
        new Erase(),
        new Erode(),
        new Fill(),
        new Gamma(),
        new GaussianBlur(),
        new Invert(),
        new KeepLargest(),
        new MedianFilter(),
        new Normalize(),
        new Relabel(),
        new SubtractBackground());
  }

  /**
   * All transforms that are known by name: first those of the program, then those of jars, each by
   * name.
   *
   * @throws IllegalArgumentException if a jar announces a class that cannot be used
   */
  public List<MaskedTransform> all() {
    List<MaskedTransform> all = new ArrayList<>(builtIn());
    all.addAll(announced());
    return all;
  }

  private List<MaskedTransform> announced() {
    try {
      return ServiceLoader.load(MaskedTransform.class, loader).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(MaskedTransform::name))
          .toList();
    } catch (ServiceConfigurationError broken) {
      throw new IllegalArgumentException(
          "A jar announces a transform that cannot be used: " + broken.getMessage(), broken);
    }
  }

  /**
   * The transform of that name, or else of that class name, without values for its parameters.
   *
   * @throws IllegalArgumentException if there is none, if two have that name, or if the class is
   *     not a transform that can be made
   */
  public MaskedTransform find(String nameOrClass) {
    List<MaskedTransform> all = all();
    List<MaskedTransform> named =
        all.stream().filter(transform -> transform.name().equals(nameOrClass)).toList();
    if (named.size() > 1) {
      throw new IllegalArgumentException(
          "Several transforms are called '"
              + nameOrClass
              + "'; name one by its class: "
              + named.stream().map(transform -> transform.getClass().getName()).toList());
    }
    return named.stream().findFirst().orElseGet(() -> create(load(nameOrClass, all)));
  }

  /**
   * The transform of that name or class name, ready to run: with the values of its parameters, and
   * known to survive the way to another machine.
   *
   * @param given texts by parameter name
   * @throws IllegalArgumentException as {@link #find(String)}; if a parameter is wrong; if the
   *     transform is not serializable
   */
  public MaskedTransform find(String nameOrClass, Map<String, String> given) {
    MaskedTransform transform = find(nameOrClass);
    MaskedTransform ready = transform.configure(Parameters.of(transform, given));
    requireSerializable(ready);
    return ready;
  }

  private Class<?> load(String className, List<MaskedTransform> all) {
    try {
      return Class.forName(className, true, loader);
    } catch (ClassNotFoundException unknown) {
      throw new IllegalArgumentException(
          "No transform or class '"
              + className
              + "'; there are "
              + all.stream().map(MaskedTransform::name).toList()
              + ". A class of your own must be in a jar named with --jars",
          unknown);
    } catch (LinkageError broken) {
      throw new IllegalArgumentException(
          "Class '" + className + "' cannot be loaded: " + broken, broken);
    }
  }

  private static MaskedTransform create(Class<?> type) {
    if (!MaskedTransform.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "Class '"
              + type.getName()
              + "' is not a "
              + MaskedTransform.class.getName()
              + hint(type));
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException("Class '" + type.getName() + "' is abstract");
    }
    try {
      return (MaskedTransform) type.getConstructor().newInstance();
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
  private static String hint(Class<?> type) {
    return implementsNamesake(type)
        ? " of this program but of a copy of it in its own jar: leave ngff-spark out of the jar"
        : "";
  }

  private static boolean implementsNamesake(Class<?> type) {
    for (Class<?> face : type.getInterfaces()) {
      if (face.getName().equals(MaskedTransform.class.getName()) || implementsNamesake(face)) {
        return true;
      }
    }
    return Optional.ofNullable(type.getSuperclass())
        .filter(Transforms::implementsNamesake)
        .isPresent();
  }

  private static void requireSerializable(MaskedTransform transform) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(transform);
    } catch (IOException broken) {
      throw new IllegalArgumentException(
          "Transform '"
              + transform.name()
              + "' cannot be sent to another machine, its fields must be serializable or transient: "
              + broken,
          broken);
    }
  }
}
