// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Processes as the system shows them. On Linux the times of start are counted from boot: those that
 * Java gives are wall times, which shift when the clock is set and would make a live run look dead.
 */
final class SystemProcesses {
  private static final Path PROC = Path.of("/proc");

  /** Place of the state and of the time of start after the name in {@code /proc/PID/stat}. */
  private static final int STATE = 0;

  private static final int START = 19;

  private static final String HOST = host();
  private static final String KERNEL = kernel();
  private static final String MACHINE = text(Path.of("/etc/machine-id")).orElse("");

  private SystemProcesses() {}

  static ProcessMark mark(long pid) {
    return new ProcessMark(HOST, pid, KERNEL, MACHINE, started(pid).orElse(""));
  }

  /** When a process began; empty if there is none of this number, or it has ended. */
  static Optional<String> started(long pid) {
    if (!Files.exists(PROC.resolve("self/stat"))) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(each -> each.info().startInstant().map(Instant::toString).orElse(""));
    }
    return text(PROC.resolve(pid + "/stat")).flatMap(SystemProcesses::startInStat);
  }

  /** Whether the processes of other users can be seen; Linux may hide them. */
  static boolean areVisible() {
    return !Files.exists(PROC.resolve("self/stat")) || Files.exists(PROC.resolve("1"));
  }

  private static Optional<String> startInStat(String stat) {
    // the name is in brackets and may hold blanks and brackets itself
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
    boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
    return ended ? Optional.empty() : Optional.of(fields[START]);
  }

  private static String kernel() {
    Optional<String> boot = text(PROC.resolve("sys/kernel/random/boot_id"));
    if (boot.isEmpty()) {
      return Files.exists(PROC.resolve("self/stat")) ? "" : host();
    }
    return boot.get() + "/" + numbering();
  }

  /** The process numbers of a container are not those of its host. */
  private static String numbering() {
    try {
      return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String host() {
    return text(PROC.resolve("sys/kernel/hostname")).orElseGet(SystemProcesses::networkName);
  }

  private static String networkName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).trim());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
