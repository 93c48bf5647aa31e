// SPDX-License-Identifier: Apache-2.0
/**
 * Changes an image as a whole or not at all, whatever is killed when.
 *
 * <p>New units are staged beside the container's hierarchy, a journal written in one step is the
 * commit point, and then the units move into place. A lock keeps runs apart; {@link
 * org.ngffspark.commit.Recovery} undoes or finishes what a dead run left.
 *
 * <p>Who holds a container is a {@code RunDirectory}: one that is renamed, on file systems, or one
 * that is marked by keys that only one can create, on object stores.
 */
package org.ngffspark.commit;
