// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.job.ObjectFailure;
import org.ngffspark.python.PythonException;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.TransformUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a user's transform to one object after the other and turns everything that it may do
 * wrong into a {@link ObjectFailure} that names the object.
 */
final class ObjectTransform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectTransform.class);

  private final MaskedTransform transform;
  private final long largestLabel;
  private final long timeoutSeconds;
  private final GroupSize size;
  private ExecutorService guarded;

  /**
   * @param largestLabel id in the image, if the transform makes new ones; else 0
   */
  ObjectTransform(TransformSpec spec, long largestLabel) {
    this.transform = spec.transform();
    this.largestLabel = largestLabel;
    this.timeoutSeconds = spec.objectTimeoutSeconds();
    this.size = timeoutSeconds == 0 ? GroupSize.of(transform) : GroupSize.timed(transform);
    this.guarded = Executors.newSingleThreadExecutor(ObjectTransform::daemon);
  }

  /** How many objects {@link #applyTogether} should get next. */
  int groupSize() {
    return size.next();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "object-transform");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The transformed pixels of an object.
   *
   * @throws ObjectFailure if the transform throws, runs out of memory or takes too long
   * @throws TransformUnavailableException if it cannot work on this machine
   */
  Patch apply(MaskedPatch object) {
    return applyTimed(List.of(object)).get(0);
  }

  private List<Patch> applyTimed(List<MaskedPatch> objects) {
    long start = System.nanoTime();
    List<Patch> results = applyAll(objects);
    size.took(System.nanoTime() - start, objects.size());
    return results;
  }

  /**
   * The same for a group of objects; empty if the transform fails, which an object by itself may
   * show the reason of.
   */
  Optional<List<Patch>> applyTogether(List<MaskedPatch> objects) {
    try {
      return Optional.of(applyTimed(objects));
    } catch (ObjectFailure failure) {
      size.failed();
      LOG.info(
          "{} objects from {} on failed together; each is tried by itself",
          objects.size(),
          objects.get(0).label(),
          failure);
      return Optional.empty();
    }
  }

  /** One that is tried again gets the same new ids. */
  private List<MaskedPatch> withNewLabels(List<MaskedPatch> objects) {
    return largestLabel == 0
        ? objects
        : objects.stream().map(object -> object.withNewLabels(largestLabel)).toList();
  }

  private List<Patch> applyAll(List<MaskedPatch> given) {
    List<MaskedPatch> objects = withNewLabels(given);
    List<Patch> results = objects.stream().map(object -> object.patch().copy()).toList();
    MaskedPatch first = objects.get(0);
    try {
      if (timeoutSeconds == 0) {
        transform.applyAll(objects, results);
      } else {
        // Read here: a transform that is given up must not go on reading chunks.
        objects.forEach(MaskedPatch::labels);
        transform.prepare();
        applyGuarded(objects, results);
      }
    } catch (ObjectFailure | StoppedException | TransformUnavailableException known) {
      throw known;
    } catch (PythonException failure) {
      throw new ObjectFailure(
          first.label(),
          "transform '" + transform.name() + "' failed: " + failure.getMessage(),
          failure);
    } catch (OutOfMemoryError exhausted) {
      throw new ObjectFailure(
          first.label(),
          "transform '"
              + transform.name()
              + "' ran out of memory on a patch "
              + first.patch()
              + "; give the executors more memory",
          exhausted);
    } catch (NoClassDefFoundError missing) {
      throw new ObjectFailure(
          first.label(),
          "transform '"
              + transform.name()
              + "' failed: "
              + missing
              + "; give the jar of that library with --jars, or its coordinates with --packages",
          missing);
    } catch (Exception | Error failure) {
      // Checked ones too: transforms written in other JVM languages throw them undeclared.
      throw new ObjectFailure(
          first.label(), "transform '" + transform.name() + "' failed: " + failure, failure);
    }
    return results;
  }

  private void applyGuarded(List<MaskedPatch> objects, List<Patch> results) throws Exception {
    Future<?> work = guarded.submit(() -> transform.applyAll(objects, results));
    try {
      work.get(timeoutSeconds * objects.size(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      // The thread may go on for ever; it works on memory that nobody else uses.
      guarded.shutdownNow();
      guarded = Executors.newSingleThreadExecutor(ObjectTransform::daemon);
      throw new ObjectFailure(
          objects.get(0).label(),
          "transform '"
              + transform.name()
              + "' took longer than "
              + timeoutSeconds
              + " s (--object-timeout)",
          late);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) failure.getCause();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      work.cancel(true);
      throw new StoppedException(stopped);
    }
  }

  @Override
  public void close() {
    guarded.shutdownNow();
  }
}
