// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import ij.IJ;
import ij.Menus;

/**
 * Stands in for ImageJ's class that runs the commands of menus: that one logs what a command throws
 * and goes on with the macro. {@link ImageJLoader} loads it under the name of that class, so its
 * methods have those names.
 */
public class MacroExecuter {
  private final String command;

  public MacroExecuter(String command) {
    this.command = command;
  }

  /** Runs the command in this thread. */
  public void run() {
    if (!(Menus.getCommands().get(command) instanceof String plugin)) {
      throw new MacroOptionError("'" + command + "' is not one of the commands for pixels");
    }
    int bracket = plugin.indexOf("(\"");
    try {
      if (bracket < 0) {
        IJ.runPlugIn(plugin, "");
      } else {
        String argument = plugin.substring(bracket + 2, plugin.length() - 2);
        IJ.runPlugIn(plugin.substring(0, bracket), argument);
      }
    } catch (MacroOptionError wrong) {
      throw new MacroOptionError("'" + command + "' " + wrong.getMessage());
    }
  }
}
