// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.TransformTarget;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.nd.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transform that is a function of Python on numpy arrays. It holds the function's source, and is
 * applied by a process of Python on the machine where {@link #apply} is called.
 *
 * <p>A process that ends while it has an object is replaced, and the object is tried once more: the
 * result follows from the arguments alone. An interrupt of the calling thread ends the process.
 */
public final class PythonTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;
  private static final int MOST_AT_ONCE = 64;
  private static final int MOST_CALLS_AT_ONCE = 12;
  private static final Logger LOG = LoggerFactory.getLogger(PythonTransform.class);

  private final PythonFunction function;
  private final PythonSettings settings;
  private final FunctionDescription described;
  private final Map<String, List<String>> values;

  private PythonTransform(
      PythonFunction function,
      PythonSettings settings,
      FunctionDescription described,
      Map<String, List<String>> values) {
    this.function = function;
    this.settings = settings;
    this.described = described;
    this.values = new TreeMap<>(values);
  }

  /**
   * Loads a function here, to learn what it says of itself.
   *
   * @throws IllegalArgumentException if it cannot be loaded, or is not as it must be; with Python's
   *     traceback
   * @throws TransformUnavailableException if Python or numpy are missing here, or too old
   */
  public static PythonTransform load(PythonFunction function, PythonSettings settings) {
    try {
      FunctionDescription described =
          WorkerPool.shared().use(settings, function, Worker::description);
      return new PythonTransform(function, settings, described, Map.of());
    } catch (WorkerEndedException ended) {
      throw new IllegalArgumentException(
          "Transform '" + function.name() + "' cannot be loaded: " + ended.getMessage(), ended);
    }
  }

  /** The same transform, by processes that are started in another way. */
  public PythonTransform with(PythonSettings others) {
    return new PythonTransform(function, others, described, values);
  }

  PythonSettings settings() {
    return settings;
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    applyAll(List.of(object), List.of(result));
  }

  @Override
  public int objectsAtOnce() {
    return described.batch() ? MOST_AT_ONCE : 1;
  }

  /** What lies between two processes costs more than a quick function. */
  @Override
  public int callsAtOnce() {
    return MOST_CALLS_AT_ONCE;
  }

  @Override
  public void applyAll(List<MaskedPatch> objects, List<Patch> results) {
    try {
      attempt(objects, results);
    } catch (WorkerEndedException first) {
      LOG.warn(
          "The Python process of '{}' ended on object {}: {}. It is tried once more",
          name(),
          objects.stream().map(MaskedPatch::label).toList(),
          first.getMessage());
      again(objects, results);
    }
  }

  private void again(List<MaskedPatch> objects, List<Patch> results) {
    try {
      attempt(objects, results);
    } catch (WorkerEndedException second) {
      throw new PythonException(
          "its process ended, and so did the next one: " + second.getMessage() + memory(), second);
    }
  }

  private String memory() {
    return settings.memoryBytes() > 0
        ? "\nA process may have " + settings.memoryBytes() + " bytes (--python-memory)"
        : "";
  }

  private void attempt(List<MaskedPatch> objects, List<Patch> results) throws WorkerEndedException {
    WorkerPool.shared()
        .use(settings, function, worker -> require(worker).apply(values, objects, results));
  }

  /** Installed modules may be of other versions on other machines. */
  private Worker require(Worker worker) {
    if (!worker.description().digest().equals(described.digest())) {
      throw new TransformUnavailableException(
          "The code of '"
              + name()
              + "' is another one on host "
              + WorkerProcess.host()
              + " than where it was loaded first; install the same version on all machines");
    }
    return worker;
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public String description() {
    return described.description();
  }

  @Override
  public List<Parameter> parameters() {
    return described.parameters().stream().map(PythonParameter::declared).toList();
  }

  /** The same function, with values for its parameters. */
  @Override
  public PythonTransform configure(Parameters given) {
    Map<String, List<String>> texts = new TreeMap<>();
    for (PythonParameter parameter : described.parameters()) {
      if (given.has(parameter.name())) {
        texts.put(parameter.name(), parameter.values(given.text(parameter.name())));
      }
    }
    return new PythonTransform(function, settings, described, texts);
  }

  @Override
  public TransformTarget target() {
    return described.target();
  }

  /**
   * Any type will do; what is found out is whether Python works on this machine.
   *
   * @throws TransformUnavailableException if it does not
   */
  @Override
  public void checkType(DataType type) {
    prepare();
  }

  /**
   * Starts a process, if none waits for work.
   *
   * @throws TransformUnavailableException if Python does not work here
   */
  @Override
  public void prepare() {
    try {
      WorkerPool.shared().use(settings, function, this::require);
    } catch (WorkerEndedException ended) {
      throw new TransformUnavailableException(
          "Transform '" + name() + "' cannot be loaded here: " + ended.getMessage(), ended);
    }
  }

  @Override
  public boolean channelwise() {
    return described.channelwise();
  }

  @Override
  public boolean makesLabels() {
    return described.makesLabels();
  }

  /** A digest of the source of the function's file or module. */
  @Override
  public String code() {
    return described.digest();
  }
}
