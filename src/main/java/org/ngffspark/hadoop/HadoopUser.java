// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.hadoop;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;
import org.ngffspark.zarr.store.StoreException;

/** Who this process is to Hadoop, without which neither its file systems nor Spark start. */
public final class HadoopUser {
  private HadoopUser() {}

  /**
   * Logs in by number where the system has no name for the user of this process, as in containers
   * that are started with any user id: Hadoop would find nobody. Users with a name are left to
   * Hadoop.
   *
   * @throws StoreException if Hadoop asks such a user for proofs
   */
  public static void logInNameless() {
    // The class exists for the systems of Unix alone.
    if (File.separatorChar != '/' || new UnixSystem().getUsername() != null) {
      return;
    }
    try {
      UserGroupInformation.getLoginUser();
    } catch (IOException nameless) {
      String number = Long.toString(new UnixSystem().getUid());
      if (UserGroupInformation.isSecurityEnabled()) {
        throw new StoreException("log in to", "Hadoop as user " + number, nameless);
      }
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(number));
    }
  }
}
