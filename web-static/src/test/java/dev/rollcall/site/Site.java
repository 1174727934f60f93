package dev.rollcall.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The built site on disk, and what its files refer to.
///
/// @param root the folder with `index.html`
record Site(Path root) {
  /// As Maven has put it together before the tests run.
  static final Site BUILT = new Site(Path.of("target", "site"));

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern IMPORT =
      Pattern.compile("\\b(?:from|import)\\s*[\"']([^\"']+)[\"']");

  String read(String path) {
    return read(root.resolve(path));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(Path file) {
    return Files.isRegularFile(file) && file.normalize().startsWith(root.normalize());
  }

  /// Our own files below a folder; never the third parties' modules.
  List<Path> files(String folder, String extension) {
    try (Stream<Path> found = Files.walk(root.resolve(folder))) {
      return found.filter(file -> file.toString().endsWith(extension)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a module imports or passes on, as written: `./log.js`, `lit`. Minified modules do so
  /// within a line.
  static List<String> imports(Path module) {
    String code = COMMENT.matcher(read(module)).replaceAll("");
    return IMPORT.matcher(code).results().map(match -> match.group(1)).toList();
  }

  /// A path as the page names it, with `/` on every system.
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
