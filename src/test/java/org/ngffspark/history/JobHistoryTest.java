// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ngffspark.history.JobDecision.Kind;
import org.ngffspark.zarr.store.FormatException;

final class JobHistoryTest {
  private static final JobRecord BLUR = job("blur", 2, "0.1.0", "in", "out");

  private static JobRecord job(
      String transform, int sigma, String version, String input, String result) {
    ObjectNode job = object().put("label", "nuclei").put("transform", transform);
    job.putObject("parameters").put("sigma", sigma);
    return new JobRecord(job, version, input, result);
  }

  @Test
  void whatACommandSaysBesidesIsKeptAndDoesNotTellJobsApart() {
    ObjectNode besides = Besides.jars(List.of("mine.jar"));
    JobRecord record = new JobRecord(BLUR.job(), besides, "0.1.0", "in", "out");
    assertThat(record.digest()).isEqualTo(BLUR.digest());
    JobHistory history = new JobHistory(List.of(record, BLUR));
    ObjectNode written = history.addTo(object());
    assertThat(JobHistory.from(written, "x")).isEqualTo(history);
    assertThat(written.at("/ngff-spark/jobs/1").has("besides")).isFalse();
    ((ObjectNode) written.at("/ngff-spark/jobs/0")).put("besides", 3);
    assertThatThrownBy(() -> JobHistory.from(written, "x"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("besides must be an object");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Test
  void survivesTheAttributesAndKeepsWhatElseIsThere() {
    ObjectNode attributes = object().put("other", 1);
    JobHistory history = new JobHistory(List.of(BLUR, job("invert", 1, "0.2.0", "a", "b")));
    ObjectNode written = history.addTo(attributes);
    assertThat(attributes).as("the argument stays").hasSize(1);
    assertThat(written.get("other").asInt()).isEqualTo(1);
    assertThat(JobHistory.from(written, "x")).isEqualTo(history);
    assertThat(JobHistory.from(attributes, "x").jobs()).isEmpty();
  }

  @Test
  void theSameJobWritesTheSameBytes() {
    String once = new JobHistory(List.of(BLUR)).addTo(object()).toPrettyString();
    String twice =
        new JobHistory(List.of(job("blur", 2, "0.1.0", "in", "out")))
            .addTo(object())
            .toPrettyString();
    assertThat(once).isEqualTo(twice).contains("\"digest\" : \"" + BLUR.digest());
  }

  @Test
  void aDamagedHistoryIsNamed() {
    ObjectNode wrong = object();
    wrong.putObject(JobHistory.FIELD).put("jobs", 3);
    assertThatThrownBy(() -> JobHistory.from(wrong, "B/03/0/.zattrs"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("B/03/0/.zattrs")
        .hasMessageContaining("must be a list");
    ObjectNode incomplete = object();
    incomplete.putObject(JobHistory.FIELD).putArray("jobs").addObject().put("label", "x");
    assertThatThrownBy(() -> JobHistory.from(incomplete, "B/03/0/.zattrs"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("job must be an object");
  }

  @Test
  void theDigestTellsParametersAndTransformsApartButNotVersions() {
    assertThat(job("blur", 2, "9", "x", "y").digest()).isEqualTo(BLUR.digest()).hasSize(32);
    assertThat(job("blur", 3, "0.1.0", "in", "out").digest()).isNotEqualTo(BLUR.digest());
    assertThat(job("blurr", 2, "0.1.0", "in", "out").digest()).isNotEqualTo(BLUR.digest());
  }

  @Test
  void theFingerprintTakesNamesAndFacts() {
    String whole = Fingerprint.of(new TreeMap<>(Map.of("a", "1", "b", "2")));
    assertThat(whole)
        .hasSize(32)
        .isEqualTo(Fingerprint.of(new TreeMap<>(Map.of("b", "2", "a", "1"))))
        .isNotEqualTo(Fingerprint.of(new TreeMap<>(Map.of("a", "1"))))
        .isNotEqualTo(Fingerprint.of(new TreeMap<>(Map.of("a", "1", "b", "3"))))
        .isNotEqualTo(Fingerprint.of(new TreeMap<>(Map.of("a1", "b", "2", ""))));
  }

  private static Kind inPlace(JobHistory history, JobRecord job, String now, Repeat repeat) {
    return JobDecision.inPlace(history, job.digest(), () -> now, repeat).kind();
  }

  @Test
  void aJobRunsOnceInPlaceUnlessAskedAgain() {
    JobHistory none = new JobHistory(List.of());
    JobHistory done = none.with(BLUR);
    for (Repeat repeat : Repeat.values()) {
      assertThat(inPlace(none, BLUR, "any", repeat)).isEqualTo(Kind.RUN);
      assertThat(inPlace(done, job("blur", 3, "1", "", ""), "any", repeat)).isEqualTo(Kind.RUN);
    }
    assertThat(inPlace(done, BLUR, "out", Repeat.REFUSE)).isEqualTo(Kind.REFUSE);
    assertThat(inPlace(done, BLUR, "out", Repeat.RESUME)).isEqualTo(Kind.SKIP);
    assertThat(inPlace(done, BLUR, "out", Repeat.AGAIN)).isEqualTo(Kind.RUN);
  }

  @Test
  void anImageThatChangedSinceIsNeverTransformedTwiceByAccident() {
    JobHistory done = new JobHistory(List.of(BLUR));
    assertThat(inPlace(done, BLUR, "changed", Repeat.REFUSE)).isEqualTo(Kind.REFUSE);
    assertThat(inPlace(done, BLUR, "changed", Repeat.RESUME)).isEqualTo(Kind.REFUSE);
    JobHistory more = done.with(job("invert", 1, "1", "", ""));
    assertThat(inPlace(more, BLUR, "changed", Repeat.REFUSE)).isEqualTo(Kind.REFUSE);
    assertThat(inPlace(more, BLUR, "changed", Repeat.RESUME)).isEqualTo(Kind.SKIP);
  }

  private static Kind derived(Optional<JobHistory> made, JobRecord job, Repeat repeat) {
    return JobDecision.derived(made, job.digest(), job::input, repeat).kind();
  }

  @Test
  void aDerivedImageIsSkippedOnlyIfJobAndInputAreTheSame() {
    Optional<JobHistory> made = Optional.of(new JobHistory(List.of(BLUR)));
    JobRecord otherInput = job("blur", 2, "0.1.0", "changed", "out");
    JobRecord otherJob = job("blur", 3, "0.1.0", "in", "out");
    Optional<JobHistory> foreign = Optional.of(new JobHistory(List.of()));
    assertThat(derived(made, BLUR, Repeat.RESUME)).isEqualTo(Kind.SKIP);
    assertThat(derived(made, BLUR, Repeat.REFUSE)).isEqualTo(Kind.REFUSE);
    for (Repeat repeat : Repeat.values()) {
      assertThat(derived(Optional.empty(), BLUR, repeat)).isEqualTo(Kind.RUN);
      assertThat(derived(made, otherInput, repeat)).isEqualTo(Kind.REFUSE);
      assertThat(derived(made, otherJob, repeat)).isEqualTo(Kind.REFUSE);
      assertThat(derived(foreign, BLUR, repeat)).isEqualTo(Kind.REFUSE);
    }
    assertThat(JobDecision.derived(made, BLUR.digest(), BLUR::input, Repeat.REFUSE).reason())
        .contains("--overwrite");
  }
}
