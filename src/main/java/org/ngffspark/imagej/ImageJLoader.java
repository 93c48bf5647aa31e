// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads an ImageJ of its own: what ImageJ keeps in static fields, as the current image, the
 * interpreter and the values of dialogs, is then that of one thread. Its dialog is replaced by
 * {@link MacroDialog}, for the one of ImageJ needs a display, and its runner of commands by {@link
 * MacroExecuter}.
 */
final class ImageJLoader extends ClassLoader {
  private static final Map<String, String> REPLACED =
      Map.of(
          "ij.gui.GenericDialog", MacroDialog.class.getName(),
          "ij.Executer", MacroExecuter.class.getName());
  private static final String RUNNER = MacroRunner.class.getName();

  static {
    registerAsParallelCapable();
  }

  /**
   * @param parent sees ImageJ
   */
  ImageJLoader(ClassLoader parent) {
    super(parent);
  }

  /** A runner in this loader. */
  PlaneMacro runner(String macro) throws ReflectiveOperationException {
    var constructor = loadClass(RUNNER).getDeclaredConstructor(String.class, Map.class);
    constructor.setAccessible(true);
    return (PlaneMacro) constructor.newInstance(macro, MacroCommands.all());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("ij.") && !name.equals(RUNNER)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String source = REPLACED.getOrDefault(name, name).replace('.', '/');
    try (InputStream stream = getParent().getResourceAsStream(source + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = stream.readAllBytes();
      if (REPLACED.containsKey(name)) {
        bytes = ClassRenaming.renamed(bytes, source, name.replace('.', '/'));
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException failure) {
      throw new ClassNotFoundException(name, failure);
    }
  }
}
