// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import ij.Macro;
import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.macro.Interpreter;
import ij.plugin.filter.PlugInFilterRunner;
import java.awt.Checkbox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.Panel;
import java.awt.TextArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands in for ImageJ's {@link GenericDialog} where there is no display: the values of its fields
 * are those among the options of {@code run(command, options)}. What a command proposes is what it
 * was given last, for another object, so that does not count: each number, text and choice must be
 * among the options. {@link ImageJLoader} loads it under the name of that class, so its methods
 * have those names and types; how options are read is told in "Batch Processing" and the functions
 * of ImageJ's macro language.
 */
public class MacroDialog {
  private static final String MISSING = "\0";

  private final String options = Macro.getOptions();
  private final List<String> numbers = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private final List<String> choices = new ArrayList<>();
  private final List<List<String>> items = new ArrayList<>();
  private final List<DialogListener> listeners = new ArrayList<>();
  private int nextNumber;
  private int nextText;
  private int nextFlag;
  private int nextChoice;

  public MacroDialog(String title) {}

  public void addNumericField(String label, double value) {
    numbers.add(label);
  }

  public void addNumericField(String label, double value, int digits) {
    addNumericField(label, value);
  }

  public void addNumericField(String label, double value, int digits, int columns, String units) {
    addNumericField(label, value);
  }

  public void addSlider(String label, double least, double most, double value) {
    addNumericField(label, value);
  }

  public void addSlider(String label, double least, double most, double value, double step) {
    addNumericField(label, value);
  }

  public void addStringField(String label, String value) {
    texts.add(label);
  }

  public void addStringField(String label, String value, int columns) {
    addStringField(label, value);
  }

  public void addCheckbox(String label, boolean value) {
    flags.add(label);
  }

  public void addChoice(String label, String[] all, String value) {
    items.add(List.of(all));
    choices.add(label);
  }

  public void addDialogListener(DialogListener listener) {
    listeners.add(listener);
  }

  /** Tells listeners the values, as ImageJ does in macros. */
  public void showDialog() {
    if (options == null) {
      throw new MacroOptionError(
          "asks for values: give them as options, as run(\"Gaussian Blur...\", \"sigma=2\")");
    }
    resetCounters();
    if (!listeners.isEmpty()) {
      // In its loader this class is the one that the listener takes.
      listeners.get(0).dialogItemChanged((GenericDialog) (Object) this, null);
    }
    resetCounters();
  }

  public void resetCounters() {
    nextNumber = 0;
    nextText = 0;
    nextFlag = 0;
    nextChoice = 0;
  }

  public double getNextNumber() {
    String text = value(numbers.get(nextNumber++));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException aVariable) {
      double variable = variable(text);
      if (Double.isNaN(variable)) {
        throw new MacroOptionError("cannot take '" + text + "', which is no number or variable");
      }
      return variable;
    }
  }

  private static double variable(String text) {
    return Interpreter.getInstance().getVariable2(text.startsWith("&") ? text.substring(1) : text);
  }

  private String value(String label) {
    String text = Macro.getValue(options, label, MISSING);
    if (text.equals(MISSING)) {
      throw new MacroOptionError(
          "needs the option '" + Macro.trimKey(label) + "', got '" + options.strip() + "'");
    }
    return text;
  }

  public String getNextString() {
    String text = value(texts.get(nextText++));
    return text.startsWith("&")
        ? Interpreter.getInstance().getVariableAsString(text.substring(1))
        : text;
  }

  public boolean getNextBoolean() {
    String key = Macro.trimKey(flags.get(nextFlag++));
    // What stands in brackets is the value of another option.
    String words = " " + options.replaceAll("\\[[^]]*\\]", "").toLowerCase(Locale.ROOT) + " ";
    return words.contains(" " + key + " ");
  }

  public String getNextChoice() {
    List<String> all = items.get(nextChoice);
    String text = value(choices.get(nextChoice++));
    String item =
        text.startsWith("&")
            ? Interpreter.getInstance().getVariableAsString(text.substring(1))
            : text;
    if (!all.contains(item)) {
      throw new MacroOptionError("cannot take '" + item + "', which is none of " + all);
    }
    return item;
  }

  public int getNextChoiceIndex() {
    List<String> all = items.get(nextChoice);
    return all.indexOf(getNextChoice());
  }

  public boolean wasCanceled() {
    return false;
  }

  public boolean wasOKed() {
    return true;
  }

  public boolean invalidNumber() {
    return false;
  }

  /** ImageJ has nothing where there is none: here, and for the parts of a window below. */
  public String getErrorMessage() {
    return Optional.<String>empty().orElse(null);
  }

  public boolean isPreviewActive() {
    return false;
  }

  public Checkbox getPreviewCheckbox() {
    return Optional.<Checkbox>empty().orElse(null);
  }

  public Component getMessage() {
    return Optional.<Component>empty().orElse(null);
  }

  public TextArea getTextArea1() {
    return Optional.<TextArea>empty().orElse(null);
  }

  public void addPreviewCheckbox(PlugInFilterRunner runner) {}

  public void addPreviewCheckbox(PlugInFilterRunner runner, String label) {}

  public void previewRunning(boolean isRunning) {}

  public void addMessage(String text) {}

  public void addMessage(String text, Font font) {}

  public void addMessage(String text, Font font, Color color) {}

  public void addPanel(Panel panel) {}

  public void addHelp(String url) {}

  public void setInsets(int top, int left, int bottom) {}

  public void setSmartRecording(boolean isSmart) {}
}
