// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.ngffspark.zarr.store.StoreException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a server of S3 refused, and what to do about it. */
final class S3Failure {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int NOT_AS_SEEN = 412;
  private static final int NO_SUCH_RANGE = 416;
  private static final int UNKNOWN = 501;
  private static final String NO_BUCKET = "NoSuchBucket";

  private S3Failure() {}

  /** Whether the key is not there, while the bucket is. */
  static boolean isMissing(SdkException failure) {
    return status(failure) == NOT_FOUND && !code(failure).equals(NO_BUCKET);
  }

  /** Whether a condition of the request does not hold. */
  static boolean isNotAsSeen(SdkException failure) {
    return status(failure) == NOT_AS_SEEN;
  }

  /** Whether the server does not know a condition that the request has. */
  static boolean isUnknown(SdkException failure) {
    return status(failure) == UNKNOWN;
  }

  /** Whether another request on the same key was at work: it may be tried again. */
  static boolean isConflict(SdkException failure) {
    return status(failure) == CONFLICT;
  }

  /** Whether the value does not have the bytes that were asked for. */
  static boolean isNoSuchRange(SdkException failure) {
    return status(failure) == NO_SUCH_RANGE;
  }

  /** An answer of the server, or that there is none, as an error for people. */
  static StoreException of(String operation, String location, SdkException failure) {
    StoreException error =
        new StoreException(operation, location, reason(failure) + advice(failure));
    error.initCause(failure);
    return error;
  }

  private static String reason(SdkException failure) {
    if (!(failure instanceof AwsServiceException answer)) {
      return host(failure).map(host -> "unknown host " + host).orElseGet(failure::getMessage);
    }
    String detail =
        answer.awsErrorDetails() == null
            ? ""
            : String.valueOf(answer.awsErrorDetails().errorMessage());
    return Stream.of(Integer.toString(answer.statusCode()), code(failure), detail)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The host of the endpoint, if nobody knows where it is. */
  private static Optional<String> host(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(UnknownHostException.class::isInstance)
        .map(unknown -> String.valueOf(unknown.getMessage()).split(":", 2)[0])
        .findFirst();
  }

  private static String advice(SdkException failure) {
    if (failure instanceof CredentialInitializationException) {
      return "; give credentials (fs.s3a.access.key and fs.s3a.secret.key, or AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY); for a public bucket set fs.s3a.aws.credentials.provider to"
          + " org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider";
    }
    if (failure instanceof SdkClientException) {
      return "; look at the endpoint (fs.s3a.endpoint) and the network";
    }
    return switch (code(failure)) {
      case NO_BUCKET -> "; there is no such bucket at this endpoint (fs.s3a.endpoint)";
      case "AccessDenied", "AllAccessDisabled" ->
          "; these credentials may not do this: ask the owner of the bucket, or use others";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          "; the server does not know these credentials (fs.s3a.access.key, fs.s3a.secret.key)";
      case "ExpiredToken", "TokenRefreshRequired" -> "; the credentials have expired: renew them";
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          "; the bucket is in another region (fs.s3a.endpoint.region)";
      default -> adviceForStatus(status(failure));
    };
  }

  private static String adviceForStatus(int status) {
    return switch (status) {
      case 301 -> "; the bucket is in another region (fs.s3a.endpoint.region)";
      case 400 ->
          "; the region may be wrong (fs.s3a.endpoint.region), or the credentials have expired";
      case 403 -> "; access is denied: look at credentials and the bucket's policy";
      case 429, 503 ->
          "; the server asks for fewer requests, also after growing pauses: make fewer at a time"
              + " (spark.hadoop.ngff-spark.requests)";
      default -> "";
    };
  }

  private static int status(SdkException failure) {
    return failure instanceof AwsServiceException answer ? answer.statusCode() : 0;
  }

  private static String code(SdkException failure) {
    return failure instanceof AwsServiceException answer
            && answer.awsErrorDetails() != null
            && answer.awsErrorDetails().errorCode() != null
        ? answer.awsErrorDetails().errorCode()
        : "";
  }
}
