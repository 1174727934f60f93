package dev.rollcall.migrate.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The files that `web-static` puts on the class path: from its jar in a function, from its folder
/// while it is built.
public final class BuiltSite {
  private static final String FOLDER = "META-INF/rollcall-site";

  private BuiltSite() {}

  /// All files by their path in the site.
  public static Map<String, byte[]> files() {
    try {
      var page = BuiltSite.class.getClassLoader().getResource(FOLDER + "/" + Edition.PAGE);
      if (page == null) {
        throw new IllegalStateException("no " + FOLDER + " on the class path");
      }
      URI uri = page.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return below(Path.of(uri).resolveSibling(""));
      }
      var jar = URI.create(uri.toString().substring(0, uri.toString().indexOf("!/")));
      try (var inside = FileSystems.newFileSystem(jar, Map.of())) {
        return below(inside.getPath(FOLDER));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, byte[]> below(Path folder) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var found = Files.walk(folder)) {
      for (var file : found.filter(Files::isRegularFile).toList()) {
        var path = folder.relativize(file).toString().replace('\\', '/');
        files.put(path, Files.readAllBytes(file));
      }
    }
    return files;
  }
}
