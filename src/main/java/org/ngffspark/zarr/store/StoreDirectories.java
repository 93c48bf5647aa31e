// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/**
 * What file systems can do besides a {@link Store}'s operations, for writers that must not meet: a
 * writer owns a directory, and whoever takes it over renames it. From then on nothing that the
 * first one does in or out of that directory succeeds, however late it tries.
 *
 * <p>A directory is there as long as a key lies in it; on file systems it may also be there empty.
 * Names are keys relative to a directory and may have several parts.
 */
public interface StoreDirectories {

  /**
   * Names of the keys and directories that lie right in a directory, sorted; none if there is no
   * such directory.
   */
  List<String> names(String directory);

  /**
   * Writes a value into a directory that nothing lies in. Of several callers at once, on any
   * machine, with one name or with several, one succeeds. Whoever sees the directory sees the whole
   * value. Directories that are made for it may be written by those alone who may write {@code
   * place}.
   *
   * @param place key of a directory, which need not be there
   * @return whether this call did; not if something lies in the directory
   */
  boolean claim(String directory, String name, ByteBuffer value, String place);

  /**
   * Writes or replaces a value in a directory that is there; directories between the two are made.
   *
   * @throws StoreException if the directory is not there
   */
  void write(String directory, String name, ByteBuffer value);

  /**
   * Writes a value into a directory that is there, if it has none of this name.
   *
   * @return whether this call wrote it
   * @throws StoreException if the directory is not there
   */
  boolean writeIfAbsent(String directory, String name, ByteBuffer value);

  /**
   * Moves a value of the store into a directory that is there, replacing what has that name; then
   * removes directories that this leaves empty where the value was.
   *
   * @return whether there was a value to move
   * @throws StoreException if the directory is not there
   */
  boolean moveInto(String key, String directory, String name);

  /**
   * Gives a directory with all that lies in it another name, in one step; then removes directories
   * that this leaves empty where it was.
   *
   * @return whether there was such a directory
   * @throws StoreException if something lies at the other name, or there is no directory for it
   */
  boolean rename(String from, String to);

  /** As {@link #rename}; directories that the other name needs are made. */
  boolean renameMakingRoom(String from, String to);

  /**
   * Whether this process may make and rename entries of a directory; not if it is not there.
   *
   * @param directory key, or empty for the whole store
   */
  boolean isWritable(String directory);

  /**
   * Whether all who may write a directory may write the one that it lies in too, as far as their
   * owners, groups and modes tell; so every process, whoever's, is told the same. Not if the two
   * lie on different file systems; nothing stands against it where the directory is not there, or
   * the system has no owners.
   */
  boolean mayWritersWriteAround(String directory);

  /**
   * Looks whether what lies at these keys, values or directories, was put there by somebody who may
   * say what becomes of some places: the owner of one, the superuser, or the user of this process;
   * and whether others may write it than may write these. Keys that are not there are passed over.
   *
   * @param places keys of directories; for one that is not there what it would lie in counts
   * @throws StoreException if one cannot be trusted
   */
  void requireTrusted(Collection<String> keys, Collection<String> places);

  /**
   * Looks whether values can be moved from a directory to these keys, replacing what is there, and
   * from there into the directory, as far as the system tells beforehand.
   *
   * @param keys values, which need not be there
   * @param within key of a directory that all of them must lie in, links followed
   * @throws StoreException if one cannot
   */
  void requireMovable(String directory, Collection<String> keys, String within);

  /**
   * Looks whether keys lie in a directory, links followed.
   *
   * @throws StoreException if one does not
   */
  void requireWithin(Collection<String> keys, String directory);

  /**
   * Removes what interrupted writes and moves left beside these keys, and in the directories around
   * them.
   *
   * @param within key of the outermost of these directories
   */
  void sweepBeside(Collection<String> keys, String within);
}
