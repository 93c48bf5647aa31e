// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ngffspark.commit.ProcessMark.Sight;

/**
 * Processes as Linux shows them in {@code /proc}. Times of start are counted from boot: those that
 * Java gives are wall times, which shift when the clock is set. On other systems nothing is told
 * but that the own process lives.
 */
final class SystemProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final Path SELF = PROC.resolve("self");

  /** Places in {@code /proc/PID/stat} after the name. */
  private static final int STATE = 0;

  private static final int THREADS = 17;
  private static final int START = 19;

  /** Place in a line of {@code /proc/self/mountinfo}. */
  private static final int MOUNT_POINT = 4;

  private static final Set<String> NO_HIDING = Set.of("hidepid=0", "hidepid=off");

  private static final ProcessSpace SPACE = readSpace();

  private SystemProcesses() {}

  static ProcessSpace space() {
    return SPACE;
  }

  static ProcessMark current() {
    ProcessHandle self = ProcessHandle.current();
    String started =
        SPACE.processes().isEmpty()
            ? self.info().startInstant().map(Instant::toString).orElse("")
            : look(self.pid()) instanceof Sight.Running running ? running.started() : "";
    return new ProcessMark(SPACE, self.pid(), started);
  }

  private static ProcessSpace readSpace() {
    return new ProcessSpace(
        text(PROC.resolve("sys/kernel/hostname")).orElseGet(SystemProcesses::networkName),
        text(PROC.resolve("sys/kernel/random/boot_id")).orElse(""),
        isOwn() ? link(SELF.resolve("ns/pid")).orElse("") : "",
        clock(),
        text(Path.of("/etc/machine-id")).orElse(""),
        adapters());
  }

  /** Whether the processes that are shown are those among which this one has its number. */
  private static boolean isOwn() {
    return link(SELF).equals(Optional.of(Long.toString(ProcessHandle.current().pid())));
  }

  /** The offsets that are shown are those of children, which may have another clock. */
  private static String clock() {
    if (Files.isDirectory(SELF.resolve("ns")) && !Files.exists(SELF.resolve("ns/time"))) {
      return "the only one";
    }
    Optional<String> own = link(SELF.resolve("ns/time"));
    Optional<String> offsets = text(SELF.resolve("timens_offsets"));
    boolean known =
        own.isPresent()
            && own.equals(link(SELF.resolve("ns/time_for_children")))
            && offsets.isPresent();
    return known ? own.get() + " " + offsets.get().replaceAll("\\s+", " ") : "";
  }

  /** Addresses of network devices that are hardware, or look like it in a virtual machine. */
  private static Set<String> adapters() {
    Set<String> addresses = new TreeSet<>();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/sys/class/net"))) {
      for (Path device : devices) {
        if (Files.exists(device.resolve("device"))) {
          text(device.resolve("address")).ifPresent(addresses::add);
        }
      }
    } catch (IOException notShown) {
      return Set.of();
    }
    addresses.removeIf(address -> address.replaceAll("[0:]", "").isEmpty());
    return addresses;
  }

  /** What there is to see of a number. */
  static Sight look(long pid) {
    try {
      return seen(Files.readString(PROC.resolve(pid + "/stat")));
    } catch (NoSuchFileException e) {
      return allAreShown() ? new Sight.None() : new Sight.Hidden();
    } catch (IOException e) {
      return new Sight.Hidden();
    }
  }

  static Sight seen(String stat) {
    // the name is in brackets and may hold blanks and brackets itself
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
    if (fields.length <= START) {
      return new Sight.Hidden();
    }
    boolean ended =
        fields[STATE].equals("X") || (fields[STATE].equals("Z") && fields[THREADS].equals("1"));
    return ended ? new Sight.None() : new Sight.Running(fields[START]);
  }

  /** Whether processes of all users are shown. */
  private static boolean allAreShown() {
    return isOwn() && text(SELF.resolve("mountinfo")).filter(SystemProcesses::showsAll).isPresent();
  }

  /**
   * Whether {@code /proc} hides no process.
   *
   * @param mounts as {@code /proc/self/mountinfo} lists them: a line each, of which the last one
   *     for a place counts
   */
  static boolean showsAll(String mounts) {
    return mounts
        .lines()
        .filter(line -> line.split(" ", -1)[MOUNT_POINT].equals("/proc"))
        .reduce((earlier, later) -> later)
        .filter(line -> line.contains(" - proc "))
        .filter(line -> NO_HIDING.containsAll(hiding(line)))
        .isPresent();
  }

  private static List<String> hiding(String line) {
    return Stream.of(line.split("[ ,]", -1)).filter(each -> each.startsWith("hidepid=")).toList();
  }

  private static String networkName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Optional<String> link(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
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
