package dev.rollcall.migrate.site;

import dev.rollcall.core.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dashboard as one build has it: a page, and the files that it leads to, in a folder whose
/// name changes when any of them does. Modules name each other by relative paths, so that within
/// the folder nothing has to be rewritten; the page is, with the hash by which its policy allows
/// its import map.
///
/// @param id names the files' content: 16 hexadecimal digits
/// @param files by their whole keys
/// @param page `index.html`
public record Edition(String id, SortedMap<String, byte[]> files, String page) {

  static final String PAGE = "index.html";

  /// Where the folders of all editions are.
  static final String FOLDERS = "assets/";

  private static final Pattern ADDRESS = Pattern.compile("\"\\./([^\"]*)\"");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  /// @param site the files by their path in the site, `index.html` among them
  public static Edition of(Map<String, byte[]> site) {
    var sorted = new TreeMap<>(site);
    var page = sorted.get(PAGE);
    if (page == null) {
      throw new IllegalArgumentException("a site without " + PAGE);
    }
    var id = id(sorted);
    sorted.remove(PAGE);
    var files = new TreeMap<String, byte[]>();
    sorted.forEach((path, content) -> files.put(folder(id) + path, content));
    return new Edition(id, files, rewritten(new String(page, StandardCharsets.UTF_8), folder(id)));
  }

  static String folder(String id) {
    return FOLDERS + id + "/";
  }

  private static String rewritten(String page, String folder) {
    var moved = ADDRESS.matcher(page).replaceAll("\"./" + folder + "$1\"");
    var before = "'sha256-" + base64(Sha256.of(importMap(page))) + "'";
    var after = "'sha256-" + base64(Sha256.of(importMap(moved))) + "'";
    if (!moved.contains(before)) {
      throw new IllegalArgumentException("the page's policy does not allow its import map");
    }
    return moved.replace(before, after);
  }

  private static byte[] importMap(String page) {
    Matcher found = IMPORT_MAP.matcher(page);
    if (!found.find()) {
      throw new IllegalArgumentException("a page without an import map");
    }
    return found.group(1).getBytes(StandardCharsets.UTF_8);
  }

  /// Of names and contents, each with its length, so that no two sites can look alike.
  private static String id(SortedMap<String, byte[]> site) {
    var all = new ByteArrayOutputStream();
    site.forEach((path, content) -> {
      part(all, path.getBytes(StandardCharsets.UTF_8));
      part(all, content);
    });
    return HexFormat.of().formatHex(Sha256.of(all.toByteArray()), 0, 8);
  }

  private static void part(ByteArrayOutputStream all, byte[] bytes) {
    all.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
    all.writeBytes(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
