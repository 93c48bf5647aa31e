// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.Roi;
import ij.gui.Toolbar;
import ij.macro.Interpreter;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.lang.reflect.Field;
import java.util.Hashtable;
import java.util.Map;

/** Runs a macro by an ImageJ that has no windows. Made by an {@link ImageJLoader} of its own. */
final class MacroRunner implements PlaneMacro {
  private static final int INSIDE = 255;
  private static final String THREAD = "Run$_";

  private final String macro;

  /**
   * @param commands class and argument by name; a macro can run no others
   */
  @SuppressWarnings("JdkObsolete") // the table of ImageJ is one
  MacroRunner(String macro, Map<String, String> commands) throws ReflectiveOperationException {
    this.macro = macro;
    // Without these tables ImageJ would make menus, which need a display, and read the preferences
    // of the user of this process.
    field(Menus.class, "pluginsTable").set(null, new Hashtable<>(commands));
    field(Prefs.class, "prefsDir").set(null, "");
    Prefs.setThreads(1);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** ImageJ gives options to threads of such a name only, and Spark names threads anew. */
  @Override
  public Object run(Object pixels, int width, int height, byte[] mask) {
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    thread.setName(THREAD + name);
    try {
      return runNamed(pixels, width, height, mask);
    } finally {
      thread.setName(name);
    }
  }

  private Object runNamed(Object pixels, int width, int height, byte[] mask) {
    ImagePlus image = new ImagePlus("object", plane(pixels, width, height));
    image.setRoi(selection(width, height, mask));
    Toolbar.setForegroundColor(Color.BLACK);
    Toolbar.setBackgroundColor(Color.WHITE);
    Interpreter interpreter = new Interpreter();
    interpreter.setIgnoreErrors(true);
    try {
      interpreter.runBatchMacro(macro, image);
    } catch (MacroOptionError wrong) {
      throw failed(interpreter, wrong.getMessage(), wrong);
    } catch (RuntimeException | LinkageError failure) {
      String said = IJ.getErrorMessage();
      throw failed(interpreter, said == null ? failure.toString() : said, failure);
    } finally {
      WindowManager.setTempCurrentImage(null);
    }
    if (interpreter.getErrorMessage() != null) {
      throw failed(interpreter, interpreter.getErrorMessage(), null);
    }
    ImageProcessor result = image.getProcessor();
    if (result.getWidth() != width || result.getHeight() != height) {
      throw failed(
          interpreter,
          "the plane had "
              + width
              + " x "
              + height
              + " pixels and has "
              + result.getWidth()
              + " x "
              + result.getHeight()
              + " now",
          null);
    }
    return result.getPixels();
  }

  private static ImageProcessor plane(Object pixels, int width, int height) {
    if (pixels instanceof byte[] bytes) {
      return new ByteProcessor(width, height, bytes, null);
    }
    return pixels instanceof short[] shorts
        ? new ShortProcessor(width, height, shorts, null)
        : new FloatProcessor(width, height, (float[]) pixels, null);
  }

  private static Roi selection(int width, int height, byte[] mask) {
    ByteProcessor inside = new ByteProcessor(width, height, mask, null);
    inside.setThreshold(1, INSIDE, ImageProcessor.NO_LUT_UPDATE);
    return new ThresholdToSelection().convert(inside);
  }

  private static IllegalStateException failed(
      Interpreter interpreter, String problem, Throwable cause) {
    return new IllegalStateException(
        "the macro failed in line " + interpreter.getLineNumber() + ": " + problem, cause);
  }
}
