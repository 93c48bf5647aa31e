// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses macros that do more than to compute pixels, before any is read: the result for an object
 * must follow from its pixels alone, on any machine, and without anybody who answers a dialog.
 */
final class MacroCheck {
  /** Functions of the macro language, and what the first word of a name with a dot stands for. */
  private static final Set<String> WINDOWS =
      words(
          "Dialog Plot Table Overlay RoiManager Array.show showMessage showMessageWithCancel"
              + " waitForUser getString getNumber getBoolean newMenu newImage makeText showText"
              + " selectWindow setTool toolID setLocation setBatchMode"
              + " updateDisplay getCursorLoc showStatus showProgress");

  private static final Set<String> OUTSIDE =
      words(
          "File IJ Ext Fit.logResults List.setCommands exec call eval runMacro open save"
              + " saveAs saveSettings restoreSettings doCommand getDirectory getDir getFileList"
              + " getArgument setOption print log dump debug requires"
              + " getVersion getInfo");

  private static final Set<String> CHANCE =
      words(
          "random getTime getDateAndTime wait nResults setResult getResult getResultString"
              + " updateResults getImageID nImages isOpen roiManager Roi.setDefaultColor"
              + " Roi.setDefaultGroup Roi.setDefaultStrokeWidth");

  /** A text, a comment, or a name with the bracket after it. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<skipped>//[^\\n"
              + "]*|/\\*(?s:.*?)\\*/)|(?<text>\"(?:\\\\.|[^\"\\\\\\n"
              + "])*\"|'(?:\\\\.|[^'\\\\\\n"
              + "])*')|(?<name>[A-Za-z_][A-Za-z_0-9]*(?:\\.[A-Za-z_0-9]+)*)(?<call>\\s*\\()?");

  private static final Pattern COMMAND = Pattern.compile("\\(\\s*(\"([^\"]*)\"|'([^']*)')\\s*[,)]");

  private final String macro;

  private MacroCheck(String macro) {
    this.macro = macro;
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    words.addAll(Set.of(text.split(" ")));
    return words;
  }

  /**
   * @throws IllegalArgumentException if the macro calls what it must not, with line and reason
   */
  static void require(String macro) {
    if (macro.isBlank()) {
      throw new IllegalArgumentException("The macro is empty");
    }
    new MacroCheck(macro).check();
  }

  private void check() {
    Matcher token = TOKEN.matcher(macro);
    while (token.find()) {
      String name = token.group("name");
      if (name == null) {
        continue;
      }
      String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
      boolean isCall = token.group("call") != null || name.contains(".");
      if (CHANCE.contains(name)) {
        isCall = true;
      }
      if (isCall && name.toLowerCase(Locale.ROOT).equals("run")) {
        requireCommand(token.start(), token.end() - 1);
      } else if (isCall) {
        require(WINDOWS, name, first, token.start(), "there are no windows and nobody answers");
        require(OUTSIDE, name, first, token.start(), "files, programs, settings are out of reach");
        require(
            CHANCE,
            name,
            first,
            token.start(),
            "a result must follow from the pixels of the object alone");
      }
    }
  }

  private void require(Set<String> refused, String name, String first, int at, String reason) {
    if (refused.contains(name) || name.contains(".") && refused.contains(first)) {
      throw refusal(at, name + ": " + reason);
    }
  }

  private void requireCommand(int at, int bracket) {
    Matcher command = COMMAND.matcher(macro).region(bracket, macro.length());
    if (!command.lookingAt()) {
      throw refusal(at, "run: the name of the command must be a text, as run(\"Smooth\")");
    }
    String name = command.group(2) == null ? command.group(3) : command.group(2);
    Set<String> known = MacroCommands.all().keySet();
    if (!known.contains(name)) {
      throw refusal(
          at, "run(\"" + name + "\"): not one of the commands for pixels, which are " + known);
    }
  }

  private IllegalArgumentException refusal(int at, String problem) {
    long line = 1 + macro.substring(0, at).chars().filter(each -> each == '\n').count();
    return new IllegalArgumentException("The macro cannot run, line " + line + ": " + problem);
  }
}
