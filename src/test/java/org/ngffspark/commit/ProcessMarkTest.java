// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ngffspark.commit.ProcessMark.Liveness;
import org.ngffspark.commit.ProcessMark.Sight;

final class ProcessMarkTest {
  private static final String INITIAL = "pid:[4026531836]";
  private static final ProcessSpace SPACE =
      new ProcessSpace("host", "boot", INITIAL, "time:[1] 0 0", "machine", Set.of("a1", "a2"));
  private static final ProcessMark MARK = new ProcessMark(SPACE, 17, "1000");
  private static final Sight NONE = new Sight.None();
  private static final Sight HIDDEN = new Sight.Hidden();

  private static Sight running(String started) {
    return new Sight.Running(started);
  }

  private static Liveness seen(ProcessMark mark, ProcessSpace here, Sight sight) {
    return mark.liveness(here, pid -> sight);
  }

  @Test
  void oneOfTheSameNumberAndStartLivesAndNoOtherOne() {
    assertThat(seen(MARK, SPACE, running("1000"))).isEqualTo(Liveness.ALIVE);
    assertThat(seen(MARK, SPACE, running("1001"))).isEqualTo(Liveness.DEAD);
    assertThat(seen(MARK, SPACE, NONE)).isEqualTo(Liveness.DEAD);
  }

  @Test
  void whatCannotBeReadProvesNothing() {
    ProcessMark without = new ProcessMark(SPACE, 17, "");
    assertThat(seen(MARK, SPACE, HIDDEN)).isEqualTo(Liveness.UNKNOWN);
    assertThat(seen(MARK, SPACE, running(""))).isEqualTo(Liveness.UNKNOWN);
    assertThat(seen(without, SPACE, running("1000"))).isEqualTo(Liveness.UNKNOWN);
    for (Sight sight : List.of(NONE, HIDDEN, running("1000"), running("1"))) {
      for (ProcessSpace unread : List.of(with("", INITIAL), with("boot", ""), with("", ""))) {
        ProcessMark mark = new ProcessMark(unread, 17, "1000");
        assertThat(seen(MARK, unread, sight)).as("here %s", unread).isEqualTo(Liveness.UNKNOWN);
        assertThat(seen(mark, SPACE, sight)).as("there %s", unread).isEqualTo(Liveness.UNKNOWN);
        assertThat(seen(mark, unread, sight)).as("both %s", unread).isEqualTo(Liveness.UNKNOWN);
      }
    }
  }

  private static ProcessSpace with(String boot, String processes) {
    return new ProcessSpace(
        "host", boot, processes, SPACE.clock(), SPACE.machine(), SPACE.adapters());
  }

  private static ProcessSpace withClock(String clock) {
    return new ProcessSpace("host", "boot", INITIAL, clock, SPACE.machine(), SPACE.adapters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"time:[2] 0 0", "time:[1] 3600 0", ""})
  void byAnotherClockTimesOfStartAreNotCompared(String clock) {
    assertThat(seen(MARK, withClock(clock), running("1000"))).isEqualTo(Liveness.UNKNOWN);
    assertThat(seen(MARK, withClock(clock), running("361000"))).isEqualTo(Liveness.UNKNOWN);
    assertThat(seen(MARK, withClock(clock), NONE))
        .as("no clock is needed to see that there is none")
        .isEqualTo(Liveness.DEAD);
    ProcessMark unread = new ProcessMark(withClock(""), 17, "1000");
    assertThat(seen(unread, withClock(""), running("1000"))).isEqualTo(Liveness.UNKNOWN);
  }

  @Test
  void processesOfAnotherContainerAreNotSeen() {
    ProcessSpace container = with("boot", "pid:[4026532000]");
    assertThat(seen(MARK, container, NONE)).isEqualTo(Liveness.UNKNOWN);
    assertThat(seen(new ProcessMark(container, 17, "1000"), SPACE, NONE))
        .isEqualTo(Liveness.UNKNOWN);
  }

  @Test
  void aMachineThatWasStartedAgainHasNoProcessesOfBefore() {
    ProcessSpace later =
        new ProcessSpace("host", "later", INITIAL, "", "machine", Set.of("a2", "a3"));
    assertThat(seen(MARK, later, running("1000"))).isEqualTo(Liveness.DEAD);
  }

  @Test
  void copiesOfAMachineDoNotTakeEachOtherForOne() {
    List<ProcessSpace> others =
        List.of(
            new ProcessSpace("host", "later", INITIAL, "", "machine", Set.of("b1")),
            new ProcessSpace("host", "later", INITIAL, "", "machine", Set.of()),
            new ProcessSpace("host", "later", INITIAL, "", "other", Set.of("a1")),
            new ProcessSpace("host", "later", INITIAL, "", "", Set.of("a1")),
            new ProcessSpace("other", "later", INITIAL, "", "machine", Set.of("a1")),
            new ProcessSpace("host", "", INITIAL, "", "machine", Set.of("a1")),
            new ProcessSpace("host", "later", "pid:[4026532000]", "", "machine", Set.of("a1")));
    for (ProcessSpace other : others) {
      assertThat(seen(MARK, other, NONE)).as("here %s", other).isEqualTo(Liveness.UNKNOWN);
      assertThat(seen(new ProcessMark(other, 17, "1000"), SPACE, NONE))
          .as("there %s", other)
          .isEqualTo(Liveness.UNKNOWN);
    }
  }

  @Test
  void processesOfOtherUsersAreShownOnlyIfNothingHidesThem() {
    String other = "20 1 0:20 / /sys rw - sysfs sysfs rw\n";
    String open = "21 1 0:21 / /proc rw,nosuid - proc proc rw";
    assertThat(SystemProcesses.showsAll(other + open)).isTrue();
    assertThat(SystemProcesses.showsAll(open + ",hidepid=0")).isTrue();
    assertThat(SystemProcesses.showsAll(open + ",hidepid=off\n" + other)).isTrue();
    for (String hiding : List.of("1", "2", "4", "noaccess", "invisible", "ptraceable", "")) {
      assertThat(SystemProcesses.showsAll(open + ",gid=4,hidepid=" + hiding)).as(hiding).isFalse();
      assertThat(SystemProcesses.showsAll(open + "\n" + open + ",hidepid=" + hiding)).isFalse();
    }
    assertThat(SystemProcesses.showsAll(open + ",hidepid=2\n" + open)).isTrue();
    assertThat(SystemProcesses.showsAll("21 1 0:21 / /proc rw - tmpfs tmpfs rw")).isFalse();
    assertThat(SystemProcesses.showsAll(other)).isFalse();
    assertThat(SystemProcesses.showsAll("")).isFalse();
  }

  @Test
  void aProcessWhoseFirstThreadHasEndedStillRuns() {
    String rest = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 ";
    assertThat(SystemProcesses.seen("1 (a b) ) S" + rest + "9 0 777 0")).isEqualTo(running("777"));
    assertThat(SystemProcesses.seen("1 (x) Z" + rest + "9 0 777 0")).isEqualTo(running("777"));
    assertThat(SystemProcesses.seen("1 (x) Z" + rest + "1 0 777 0")).isEqualTo(NONE);
    assertThat(SystemProcesses.seen("1 (x) X" + rest + "1 0 777 0")).isEqualTo(NONE);
    assertThat(SystemProcesses.seen("")).isEqualTo(HIDDEN);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessLivesAndShowsItself() {
    ProcessMark mark = ProcessMark.current();
    assertThat(mark.liveness()).isEqualTo(Liveness.ALIVE);
    assertThat(mark).isEqualTo(ProcessMark.current());
    assertThat(SystemProcesses.look(mark.pid())).isEqualTo(running(mark.started()));
    assertThat(SystemProcesses.look(Integer.MAX_VALUE)).isEqualTo(NONE);
  }
}
