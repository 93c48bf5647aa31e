// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Gives a class another name: in its constant pool, where alone names stand (The Java Virtual
 * Machine Specification, Java SE 17 Edition, 4.4).
 */
final class ClassRenaming {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD_HANDLE = 15;

  private ClassRenaming() {}

  /**
   * The class under another name.
   *
   * @param from its name, with slashes
   * @throws IOException if it is no class file
   */
  static byte[] renamed(byte[] classFile, String from, String to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong());
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int index = 1; index < count; index++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        String text = in.readUTF();
        out.writeUTF(text.equals(from) ? to : text.replace("L" + from + ";", "L" + to + ";"));
      } else {
        out.write(in.readNBytes(length(tag)));
        if (tag == LONG || tag == DOUBLE) {
          index++;
        }
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  /** Bytes of a constant after its tag. */
  private static int length(int tag) throws IOException {
    return switch (tag) {
      case LONG, DOUBLE -> 8;
      case METHOD_HANDLE -> 3;
      case 7, 8, 16, 19, 20 -> 2;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      default -> throw new IOException("A constant has the tag " + tag);
    };
  }
}
