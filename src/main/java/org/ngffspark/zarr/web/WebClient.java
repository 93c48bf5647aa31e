// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ngffspark.zarr.store.StoreException;

/** Sends requests, again where that may help: lost connections, servers with too much to do. */
record WebClient(WebRetries retries) implements Serializable {
  private static final Set<Integer> BUSY = Set.of(408, 429, 500, 502, 503, 504);
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration HEAD = Duration.ofSeconds(60);

  /** A body that takes longer has stopped to come. */
  private static final Duration BODY = Duration.ofMinutes(10);

  /** Holds the connections of this process. Redirects are followed, but not from https to http. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT)
          .build();

  /** Takes an answer; may be called again with the answer to a further attempt if it fails. */
  @FunctionalInterface
  interface Answer<T> {
    T of(HttpResponse<InputStream> response) throws IOException;
  }

  /**
   * What an answer is taken for.
   *
   * @throws StoreException if there was none in as many attempts as allowed
   */
  <T> T ask(HttpRequest.Builder request, Answer<T> answer) {
    HttpRequest built = request.timeout(HEAD).header("Accept-Encoding", "identity").build();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<InputStream> response =
            CLIENT.send(built, HttpResponse.BodyHandlers.ofInputStream());
        if (!BUSY.contains(response.statusCode())) {
          return taken(response, answer);
        }
        response.body().close();
        throw new IOException("the server answered " + response.statusCode());
      } catch (IOException failure) {
        if (attempt == retries.attempts()) {
          throw failed(built, failure);
        }
        pause(built, attempt);
      } catch (InterruptedException stop) {
        throw interrupted(built, stop);
      }
    }
  }

  private static <T> T taken(HttpResponse<InputStream> response, Answer<T> answer)
      throws IOException {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (InputStream body = response.body()) {
      var unused =
          ended
              .orTimeout(BODY.toSeconds(), TimeUnit.SECONDS)
              .whenComplete((done, late) -> endIfLate(body, late != null));
      return answer.of(response);
    } finally {
      ended.complete(null);
    }
  }

  private static void endIfLate(InputStream body, boolean isLate) {
    if (isLate) {
      try {
        body.close();
      } catch (IOException closed) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private void pause(HttpRequest request, int attempt) {
    try {
      Thread.sleep(retries.after(attempt).toMillis());
    } catch (InterruptedException stop) {
      throw interrupted(request, stop);
    }
  }

  private StoreException failed(HttpRequest request, IOException failure) {
    String reason =
        failure instanceof ConnectException && failure.getMessage() == null
            ? "no connection; is the address right, and the server up?"
            : String.valueOf(failure.getMessage());
    StoreException failed =
        new StoreException(
            "read",
            request.uri().toString(),
            "%s (tried %d times)".formatted(reason, retries.attempts()));
    failed.initCause(failure);
    return failed;
  }

  private static StoreException interrupted(HttpRequest request, InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new StoreException("read", request.uri().toString(), stop);
  }
}
