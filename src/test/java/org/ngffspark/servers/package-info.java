// SPDX-License-Identifier: Apache-2.0
/**
 * Real servers for tests, on the loopback address: an S3 server and an HDFS cluster, each started
 * when the first test asks for it, and a proxy that fails on demand and counts requests.
 */
package org.ngffspark.servers;
