// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Writes what an installation has besides the program, from what the commands say of themselves.
 */
@Command(
    name = "shell-files",
    hidden = true,
    description = "Writes completion for bash, zsh and fish, and the manual page.")
final class ShellFilesCommand implements Callable<Integer> {
  /** Name of the program where it is installed. */
  static final String PROGRAM = "ngff-spark";

  @Parameters(paramLabel = "DIR", description = "Where the files go.")
  Path folder;

  @Override
  public Integer call() throws IOException {
    CommandLine commands = Main.commands();
    Path folders = Files.createDirectories(folder);
    Files.writeString(folders.resolve(PROGRAM + ".bash"), AutoComplete.bash(PROGRAM, commands));
    Files.writeString(folders.resolve(PROGRAM + ".fish"), FishCompletion.of(PROGRAM, commands));
    Files.writeString(folders.resolve(PROGRAM + ".1"), ManualPage.of(PROGRAM, commands));
    return ExitCode.DONE.code();
  }
}
