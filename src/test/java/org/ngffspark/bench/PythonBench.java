// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.ngffspark.apply.Destination;
import org.ngffspark.apply.TransformSpec;
import org.ngffspark.apply.TransformTask;
import org.ngffspark.bench.BenchPlate.Layout;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.history.Repeat;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.job.RunResult;
import org.ngffspark.job.RunSettings;
import org.ngffspark.job.WorkCount;
import org.ngffspark.python.PythonFunction;
import org.ngffspark.python.PythonSettings;
import org.ngffspark.python.PythonTransform;
import org.ngffspark.roi.Axes;
import org.ngffspark.spark.ObjectRun;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.zarr.nd.DataType;

/**
 * What a call of Python costs: the same warm run over the benchmark plate with a transform that
 * does nothing, in Java and in Python, in turns; processor time of the JVM and of all processes of
 * Python. And how long the first object takes.
 */
public final class PythonBench {
  private static final double MOST_MICROSECONDS = 60;
  private static final double MOST_SECONDS = 0.3;
  // What the compiler of the JVM takes counts as processor time; then it is done.
  private static final int WARM_UP = 12;
  private static final OperatingSystemMXBean JVM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final JavaSparkContext spark;
  private final List<ImageRef> images;

  private PythonBench(JavaSparkContext spark, List<ImageRef> images) {
    this.spark = spark;
    this.images = images;
  }

  private record Cost(double seconds, double processor, long objects) {}

  /**
   * Prints costs beside targets.
   *
   * @param arguments folder of the plates, number of images, rounds, interpreter
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(arguments[2]);
    String interpreter = arguments[3];
    PythonFunction function = PythonFunction.of("bench/identity.py:identity");
    printFirst(function, interpreter, rounds);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("bench")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    List<ImageRef> images =
        BenchPlate.in(Path.of(arguments[0]), Layout.CHUNKED)
            .images(Integer.parseInt(arguments[1]))
            .stream()
            .map(image -> new ImageRef(image.toUri(), ""))
            .toList();
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      PythonTransform python = PythonTransform.load(function, PythonSettings.of(interpreter));
      new PythonBench(spark, images).compare(python, rounds);
    }
  }

  private static void printFirst(PythonFunction function, String interpreter, int rounds)
      throws IOException, InterruptedException {
    double[] ours = new double[rounds];
    double[] numpy = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      new ProcessBuilder(interpreter, "-c", "import numpy").start().waitFor();
      numpy[i] = (System.nanoTime() - start) / 1e9;
      // A limit of its own makes a process of its own.
      PythonSettings settings = new PythonSettings(interpreter, List.of(), "", (1L << 40) + i);
      start = System.nanoTime();
      first(PythonTransform.load(function, settings));
      ours[i] = (System.nanoTime() - start) / 1e9;
    }
    System.out.printf(
        Locale.ROOT,
        "first object: %.3f s; 'import numpy' alone %.3f s; %.3f s more (at most %.1f)%n",
        median(ours),
        median(numpy),
        median(ours) - median(numpy),
        MOST_SECONDS);
  }

  private static void first(MaskedTransform transform) {
    Patch patch = Patches.zeros(DataType.UINT16, Axes.of("y", "x"), 60, 60);
    Patch labels = patch.copy();
    labels.setInteger(0, 1);
    transform.apply(MaskedPatch.of(patch, labels, 1, List.of()), patch.copy());
  }

  private void compare(PythonTransform python, int rounds) {
    List<Cost> javaCosts = new ArrayList<>();
    List<Cost> pythonCosts = new ArrayList<>();
    for (int i = 0; i < WARM_UP + rounds; i++) {
      Cost one = cost(new Identity());
      Cost other = cost(python);
      if (i >= WARM_UP) {
        javaCosts.add(one);
        pythonCosts.add(other);
      }
    }
    print("Java", javaCosts);
    print("Python", pythonCosts);
    double[] differences = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Cost ours = pythonCosts.get(i);
      differences[i] = (ours.processor - javaCosts.get(i).processor) * 1e6 / ours.objects;
      ratios[i] = ours.processor / javaCosts.get(i).processor;
    }
    System.out.printf(
        Locale.ROOT,
        "Python against Java: %.1f µs of processor time more an object and call (at most %.0f), ratio %.2f%n",
        median(differences),
        MOST_MICROSECONDS,
        median(ratios));
  }

  private static void print(String name, List<Cost> costs) {
    double[] seconds = costs.stream().mapToDouble(Cost::seconds).toArray();
    double[] processor = costs.stream().mapToDouble(Cost::processor).toArray();
    long objects = costs.get(0).objects;
    System.out.printf(
        Locale.ROOT,
        "%-8s %,d objects: %.2f s, processor %.2f s; %,.0f objects/s%n",
        name,
        objects,
        median(seconds),
        median(processor),
        objects / median(seconds));
  }

  private Cost cost(MaskedTransform transform) {
    TransformSpec spec = TransformSpec.on(SampleImage.NUCLEI).with(transform).build();
    AtomicLong objects = new AtomicLong();
    double processor = processor();
    long start = System.nanoTime();
    RunResult result =
        new ObjectRun<>(
                spark,
                new TransformTask(spec, new Destination.InPlace()),
                RunSettings.of("bench").withRepeat(Repeat.AGAIN))
            .execute(
                images,
                new RunListener() {
                  @Override
                  public void progressed(WorkCount work) {
                    objects.addAndGet(work.objects());
                  }
                });
    double seconds = (System.nanoTime() - start) / 1e9;
    if (result.done() != images.size()) {
      throw new IllegalStateException(result.toString());
    }
    return new Cost(seconds, processor() - processor, objects.get());
  }

  /** Seconds of this process and of the processes of Python, which are kept from run to run. */
  private static double processor() {
    double seconds = JVM.getProcessCpuTime() / 1e9;
    for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
      seconds += process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
    return seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
