package dev.rollcall.core.wrong;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class TouchesTheWorld {
  private TouchesTheWorld() {}

  static boolean file() {
    return Files.exists(Path.of("file"));
  }

  static InputStream stream() {
    return InputStream.nullInputStream();
  }

  static Socket socket() throws IOException {
    return new Socket();
  }

  static Map<String, String> environment() {
    return System.getenv();
  }
}
