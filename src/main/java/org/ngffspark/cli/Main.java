// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ngffspark.commit.LockedException;
import org.ngffspark.job.Failures;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of all commands. */
@Command(
    name = "submit.sh",
    description = "Runs a function on every segmented object of OME-Zarr images.",
    synopsisHeading = "Usage: ",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything was done",
      "1:some image failed; the others are done",
      "2:bad usage or input; nothing was touched"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh demo",
      "  ./submit.sh inspect plate.zarr",
      "  ./submit.sh --master spark://host:7077 -- transform plate.zarr --label nuclei"
          + " --transform gamma --param gamma=0.5 --suffix Gamma"
    })
public final class Main {
  private static final String LOG_PROPERTY = "ngffspark.log";
  private static final String COMMAND_PROPERTY = "ngffspark.command";

  private static final List<Class<?>> COMMANDS =
      List.of(
          TransformCommand.class,
          InspectCommand.class,
          CropsCommand.class,
          PasteCommand.class,
          RoisCommand.class,
          MeasureCommand.class,
          SegmentCommand.class,
          TablesCommand.class,
          PyramidCommand.class,
          ProjectCommand.class,
          ConvertCommand.class,
          RemoveCommand.class,
          RecoverCommand.class,
          ReportCommand.class,
          DemoCommand.class,
          TransformsCommand.class,
          ShellFilesCommand.class,
          WarmUpCommand.class);

  private final Host host;

  private Main(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    ProcessHost host = new ProcessHost(System.getenv(), err);
    host.watch(System.in);
    System.exit(run(List.of(arguments), out, err, host));
  }

  /** Runs a command in a process that nobody else asks for anything. */
  static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
    return run(arguments, out, err, new ProcessHost(Map.of(), err));
  }

  /**
   * Runs a command.
   *
   * @param out takes results
   * @param err takes progress and messages
   * @return the exit code
   */
  static int run(List<String> arguments, PrintWriter out, PrintWriter err, Host host) {
    CommandLine line = commands(host, arguments).setOut(out).setErr(err);
    CommandLine scratch = commands(host, arguments);
    List<String> expanded;
    try {
      expanded = JobFile.expand(scratch, arguments);
    } catch (IllegalArgumentException wrong) {
      err.println(program() + ": " + wrong.getMessage());
      return ExitCode.USAGE.code();
    }
    Optional<UnknownOption> unknown = UnknownOption.on(scratch, expanded);
    if (unknown.isPresent()) {
      return wrongUsage(unknown.get().command(), unknown.get().message(), err);
    }
    if (expanded.isEmpty()) {
      line.usage(err);
      return ExitCode.USAGE.code();
    }
    int code = line.execute(expanded.toArray(String[]::new));
    out.flush();
    err.flush();
    return code;
  }

  /** What the program is called where it was started. */
  static String program() {
    return System.getProperty(COMMAND_PROPERTY, "submit.sh");
  }

  /** All commands, in a process that nobody else asks for anything. */
  static CommandLine commands() {
    return commands(new ProcessHost(Map.of(), new PrintWriter(Writer.nullWriter())), List.of());
  }

  /** The command that is named first, or all: to look through their options takes its time. */
  private static CommandLine commands(Host host, List<String> arguments) {
    CommandLine line = new CommandLine(new Main(host)).setCommandName(program());
    List<Class<?>> named =
        COMMANDS.stream().filter(command -> arguments.indexOf(name(command)) == 0).toList();
    (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
    line.getCommandSpec()
        .usageMessage()
        .customSynopsis(program() + " [SPARK OPTIONS --] COMMAND [ARGUMENTS]");
    // The synopsis is inherited with the options, but each command has one of its own.
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().usageMessage().customSynopsis(new String[0]));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(30)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine line = wrong.getCommandLine();
    return wrongUsage(line, wrong.getMessage() + suggestion(wrong), line.getErr());
  }

  private static int wrongUsage(CommandLine line, String message, PrintWriter err) {
    err.println(program() + ": " + message);
    err.println("Try: " + program() + " " + command(line) + "--help");
    return ExitCode.USAGE.code();
  }

  private static String suggestion(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        ? NearestWord.question(
            unmatched.getUnmatched().get(0), wrong.getCommandLine().getSubcommands().keySet())
        : "";
  }

  private static String command(CommandLine line) {
    return line.getParent() == null ? "" : line.getCommandName() + " ";
  }

  /** Wrong arguments and unreadable input are messages; all else is a fault and shows its trace. */
  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (failure instanceof IllegalArgumentException
        || failure instanceof LockedException
        || failure instanceof FormatException
        || failure instanceof TransformUnavailableException
        || failure instanceof StoreException) {
      err.println(program() + ": " + failure.getMessage());
      return ExitCode.USAGE.code();
    }
    if (Failures.isForeseen(failure) || failure instanceof UncheckedIOException) {
      err.println(program() + ": " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    sparkLog().ifPresent(log -> err.println("Spark's log: " + log));
    return ExitCode.SOME_FAILED.code();
  }

  /** Spark's log of this process, if there is one. */
  static Optional<Path> sparkLog() {
    return Optional.ofNullable(System.getProperty(LOG_PROPERTY))
        .map(Path::of)
        .filter(Files::exists);
  }

  /** The version that the jar carries. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"ngff-spark " + text()};
    }

    static String text() {
      return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
          .orElse("(not packaged)");
    }
  }
}
