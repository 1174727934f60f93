package dev.rollcall.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The Markdown files below a folder, and what they say of the files around them. What is found
/// wrong is named by its file and the words at fault.
///
/// @param root the folder that paths in code spans start from, with the script `rollcall`
record Documents(Path root) {

  /// Folders that hold what was built or fetched.
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

  /// The target of a link or a picture.
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  private static final Pattern COMMAND = Pattern.compile("\\./rollcall (\\w+)");

  /// A line of the script's usage: two blanks, the command, what it does.
  private static final Pattern USAGE = Pattern.compile("(?m)^  (\\w+)  +\\S");

  /// A path in a code span, by how it begins.
  private static final Pattern PATH =
      Pattern.compile("`((?:functions|docs|events|web-static)/[\\w./-]*)`");

  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

  /// Links to files, pictures and headings that are not there. Links to other sites are not
  /// followed.
  List<String> brokenLinks() {
    return wrong(LINK, (document, target) -> !resolves(document, target));
  }

  /// Commands that the script's usage does not name.
  List<String> unknownCommands() {
    var usage = found(USAGE, text(root.resolve("rollcall")));
    return wrong(COMMAND, (_, command) -> !usage.contains(command));
  }

  /// Paths in code spans that lead nowhere.
  List<String> missingPaths() {
    return wrong(PATH, (_, path) -> !Files.exists(root.resolve(path)));
  }

  /// All of them, hidden folders left out.
  List<Path> files() {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              var name = folder.getFileName().toString();
              var isOurs = !name.startsWith(".") && !NOT_OURS.contains(name);
              return isOurs || folder.equals(root)
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".md")) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return files;
  }

  private List<String> wrong(Pattern pattern, BiPredicate<Path, String> isWrong) {
    var wrong = new ArrayList<String>();
    for (var document : files()) {
      for (var words : found(pattern, text(document))) {
        if (isWrong.test(document, words)) {
          wrong.add(root.relativize(document) + ": " + words);
        }
      }
    }
    return wrong;
  }

  private static boolean resolves(Path document, String target) {
    var uri = URI.create(target);
    if (uri.getScheme() != null) {
      return true;
    }
    var path = URLDecoder.decode(uri.getRawPath(), StandardCharsets.UTF_8);
    var file = path.isEmpty() ? document : document.resolveSibling(path);
    return Files.exists(file)
        && (uri.getFragment() == null || anchors(text(file)).contains(uri.getFragment()));
  }

  /// The names that headings get on GitHub: in lower case, without punctuation, hyphens for blanks.
  private static Set<String> anchors(String markdown) {
    return found(HEADING, markdown).stream()
        .map(heading ->
            heading
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
