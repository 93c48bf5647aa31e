// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.ngffspark.zarr.store.StoreContract.bytes;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owner, group and permissions of what is written and moved. */
final class OwnershipTest {
  private static final int OWNER = 1234;
  private static final int GROUP = 5678;

  @TempDir Path directory;
  private LocalStore store;

  @BeforeEach
  void open() throws IOException {
    directory = directory.toRealPath();
    store = LocalStore.at(directory);
  }

  private void permit(String key, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(key), PosixFilePermissions.fromString(permissions));
  }

  private String permissions(String key) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(key)));
  }

  private int attribute(String key, String name) throws IOException {
    return (int) Files.getAttribute(directory.resolve(key), "unix:" + name);
  }

  private void giveAway(String key) throws IOException {
    assumeTrue(new UnixSystem().getUid() == 0, "only root may give files away");
    Files.setAttribute(directory.resolve(key), "unix:uid", OWNER);
    Files.setAttribute(directory.resolve(key), "unix:gid", GROUP);
  }

  @Test
  void aFolderLetsInAllWritersOfAnotherByOwnerGroupAndMode() {
    int outer = 1;
    int lab = 7;
    UnixFile mine = new UnixFile(0755, outer, outer);
    UnixFile shared = new UnixFile(02775, 0, lab);
    UnixFile everybodys = new UnixFile(01777, 0, 0);
    assertThat(mine.letsInAllOf(new UnixFile(0755, outer, lab))).isTrue();
    assertThat(mine.letsInAllOf(new UnixFile(0755, 2, outer))).isFalse();
    assertThat(mine.letsInAllOf(new UnixFile(0775, outer, lab))).isFalse();
    assertThat(mine.letsInAllOf(new UnixFile(0757, outer, lab))).isFalse();
    assertThat(new UnixFile(0555, outer, lab).letsInAllOf(mine)).isFalse();
    assertThat(shared.letsInAllOf(new UnixFile(0775, 2, lab))).isTrue();
    assertThat(shared.letsInAllOf(new UnixFile(0755, 0, 0))).isTrue();
    assertThat(shared.letsInAllOf(new UnixFile(0755, 2, 2))).isFalse();
    assertThat(shared.letsInAllOf(new UnixFile(0777, 2, lab))).isFalse();
    assertThat(everybodys.letsInAllOf(new UnixFile(0777, 2, lab))).isTrue();
    assertThat(everybodys.letsInAllOf(new UnixFile(0775, 2, lab))).isTrue();
  }

  @Test
  void whatIsReplacedKeepsItsPermissions() throws IOException {
    store.write("a/0", bytes(1));
    permit("a/0", "rw-rw-r--");
    store.write("a/0", bytes(2));
    assertThat(permissions("a/0")).isEqualTo("rw-rw-r--");
    store.write("stage/x", bytes(3));
    permit("stage/x", "rw-------");
    store.move("stage/x", "a/0");
    assertThat(permissions("a/0")).isEqualTo("rw-rw-r--");
    assertThat(store.read("a/0")).contains(bytes(3));
  }

  @Test
  void whatIsReplacedKeepsOwnerAndGroup() throws IOException {
    store.write("a/0", bytes(1));
    giveAway("a/0");
    store.write("a/0", bytes(2));
    store.write("stage/x", bytes(3));
    assertThat(attribute("a/0", "uid")).isEqualTo(OWNER);
    store.move("stage/x", "a/0");
    assertThat(attribute("a/0", "uid")).isEqualTo(OWNER);
    assertThat(attribute("a/0", "gid")).isEqualTo(GROUP);
  }

  @Test
  void aNewUnitBecomesAsTheMetadataOfItsArray() throws IOException {
    store.write("image/.zattrs", bytes(1));
    permit("image/.zattrs", "rw-------");
    store.write("image/0/.zarray", bytes(1));
    permit("image/0/.zarray", "rw-rw----");
    permit("image/0", "rwxrwx---");
    store.write("stage/x", bytes(3));
    permit("stage/x", "rw-r--r--");
    store.move("stage/x", "image/0/5/7/9");
    store.write("image/0/5/8/1", bytes(1));
    for (String unit : new String[] {"image/0/5/7/9", "image/0/5/8/1"}) {
      assertThat(permissions(unit)).isEqualTo("rw-rw----");
    }
    for (String made : new String[] {"image/0/5", "image/0/5/7", "image/0/5/8"}) {
      assertThat(permissions(made)).isEqualTo("rwxrwx---");
    }
  }

  @Test
  void newDirectoriesOfAHierarchyKeepOwnerGroupAndSetGroupId() throws IOException {
    store.write("image/0/.zarray", bytes(1));
    giveAway("image/0/.zarray");
    giveAway("image/0");
    Files.setAttribute(directory.resolve("image/0"), "unix:mode", 02775);
    store.write("image/0/5/7/9", bytes(1));
    assertThat(attribute("image/0/5/7", "mode") & 07777).isEqualTo(02775);
    assertThat(attribute("image/0/5/7", "uid")).isEqualTo(OWNER);
    assertThat(attribute("image/0/5/7/9", "uid")).isEqualTo(OWNER);
    assertThat(attribute("image/0/5/7/9", "gid")).isEqualTo(GROUP);
  }

  @Test
  void aGroupThatCannotBeKeptIsNotLetIn() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    UnixFile own = UnixFile.of(file).orElseThrow();
    assumeTrue(own.uid() != 0, "root may give any group");
    new UnixFile(0100664, own.uid(), own.gid() + 54_321).giveTo(file);
    assertThat(permissions("file")).isEqualTo("rw-r--r--");
  }

  @Test
  void whatIsPutIntoADirectoryIsReadByWhomItLetsIn() throws IOException {
    StoreDirectories directories = store.directories().orElseThrow();
    store.write("plate/x", bytes(1));
    permit("plate", "rwxrwxr-x");
    directories.claim("plate.area/B/@run", "r/owner", bytes(1), "plate");
    for (String made : new String[] {"plate.area", "plate.area/B", "plate.area/B/@run/r"}) {
      assertThat(permissions(made)).as(made).isEqualTo("rwxrwxr-x");
    }
    directories.write("plate.area/B/@run/r", "units/w/0/1", bytes(1));
    assertThat(permissions("plate.area/B/@run/r/units/w/0/1")).isEqualTo("rw-rw-r--");
    assertThat(permissions("plate.area/B/@run/r/units/w")).isEqualTo("rwxrwxr-x");
  }

  @Test
  void aGuardedDirectoryIsNeverOpenToAll() throws IOException {
    StoreDirectories directories = store.directories().orElseThrow();
    store.write("plate/x", bytes(1));
    permit("plate", "rwxrwxrwx");
    directories.claim("plate.area/@run", "r/owner", bytes(1), "plate");
    assertThat(permissions("plate.area")).isEqualTo("rwxrwxr-x");
    directories.claim("new.area/@run", "r/owner", bytes(1), "new");
    assertThat(permissions("new.area")).isEqualTo("rwx------");
    assertThat(permissions("new.area/@run/r")).isEqualTo("rwx------");
  }
}
