package dev.rollcall.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SiteTest {
  private static final Site SITE = Site.BUILT;
  private static final String PAGE = SITE.read("index.html");
  private static final ImportMap IMPORT_MAP = ImportMap.of(PAGE);

  @Nested
  class The_policy {
    private final String policy =
        first("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"");

    @Test
    void allows_the_import_map_by_its_hash() throws GeneralSecurityException {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(IMPORT_MAP.source().getBytes(StandardCharsets.UTF_8));
      assertThat(policy)
          .contains(
              "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }

    @Test
    void allows_nothing_inline_and_nothing_that_it_does_not_name() {
      assertThat(policy)
          .startsWith("default-src 'none'")
          .contains("style-src 'self';", "base-uri 'none'", "form-action 'none'")
          .doesNotContain("unsafe-", "http:", "https:", "*");
    }
  }

  @Nested
  class The_page {
    @Test
    void has_no_inline_style_and_no_inline_script_but_the_import_map() {
      assertThat(PAGE).doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:");
      assertThat(all(PAGE, "<script(?![^>]*\\bsrc=)[^>]*>"))
          .containsExactly("<script type=\"importmap\">");
    }

    @Test
    void refers_only_to_files_of_the_site() {
      List<String> addresses =
          Pattern.compile("(?:href|src)=\"(?!data:)([^\"]+)\"")
              .matcher(PAGE)
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(addresses)
          .hasSizeGreaterThan(10)
          .allMatch(address -> address.startsWith("./"))
          .allMatch(address -> SITE.has(SITE.root().resolve(address)));
    }

    @Test
    void links_every_style_sheet_and_the_tokens_first() {
      List<String> linked =
          Pattern.compile("rel=\"stylesheet\" href=\"\\./([^\"]+)\"")
              .matcher(PAGE)
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(linked).first().isEqualTo("css/tokens.css");
      assertThat(linked)
          .containsExactlyInAnyOrderElementsOf(
              SITE.files("css", ".css").stream().map(SITE::name).toList());
    }
  }

  @Nested
  class The_modules {
    @Test
    void all_resolve_from_the_entry_on_third_parties_included() {
      Set<Path> reached = new HashSet<>();
      Deque<Path> open = new ArrayDeque<>(List.of(SITE.root().resolve("js/main.js")));
      while (!open.isEmpty()) {
        Path module = open.pop().normalize();
        assertThat(module).isRegularFile();
        if (reached.add(module)) {
          Site.imports(module).forEach(name -> open.push(resolve(module, name)));
        }
      }
      assertThat(reached)
          .containsAll(SITE.files("js", ".js").stream().map(Path::normalize).toList());
    }

    private Path resolve(Path module, String name) {
      return name.startsWith(".")
          ? module.resolveSibling(name)
          : SITE.root()
              .resolve(
                  IMPORT_MAP
                      .resolve(name)
                      .orElseThrow(() -> new AssertionError(module + " imports unknown " + name)));
    }

    @Test
    void of_the_domain_import_nothing_but_the_domain() {
      assertThat(SITE.files("js/domain", ".js"))
          .isNotEmpty()
          .allSatisfy(
              module -> assertThat(Site.imports(module)).allMatch(name -> name.startsWith("./")));
    }

    @Test
    void of_the_components_import_no_view() {
      assertThat(SITE.files("js/components", ".js"))
          .isNotEmpty()
          .allSatisfy(module ->
              assertThat(Site.imports(module)).noneMatch(name -> name.contains("views/")));
    }

    @Test
    void ask_the_network_only_in_api() {
      assertThat(SITE.files("js", ".js"))
          .filteredOn(module ->
              Pattern.compile("\\bfetch\\(|XMLHttpRequest|EventSource|sendBeacon")
                  .matcher(Site.read(module).replaceAll("(?s)`.*?`", ""))
                  .find())
          .map(SITE::name)
          .containsExactly("js/api.js");
    }

    @Test
    void keep_styles_out_of_their_templates() {
      assertThat(SITE.files("js", ".js"))
          .filteredOn(module -> !SITE.name(module).endsWith("mail-frame.js"))
          .allSatisfy(module ->
              assertThat(Site.read(module)).doesNotContainPattern("\\sstyle=|<style|unsafeHTML"));
    }
  }

  @Nested
  class The_style_sheets {
    @Test
    void name_colours_only_in_the_tokens() {
      assertThat(SITE.files("css", ".css"))
          .filteredOn(sheet -> !SITE.name(sheet).equals("css/tokens.css"))
          .allSatisfy(sheet ->
              assertThat(Site.read(sheet))
                  .doesNotContainPattern(
                      "#[0-9a-fA-F]{3,8}\\b|\\b(rgba?|hsla?|oklch|oklab|lab|color|light-dark)\\("
                          + "|:\\s*(white|black|red|green|blue|gray|grey)\\b"));
    }

    @Test
    void use_only_tokens_that_exist() {
      String tokens = SITE.read("css/tokens.css");
      assertThat(SITE.files("css", ".css"))
          .allSatisfy(sheet ->
              assertThat(all(Site.read(sheet), "(?<=var\\()--[a-z0-9-]+"))
                  .allMatch(token -> tokens.contains(token + ":")));
    }

    @Test
    void stand_each_in_the_layer_of_its_folder() {
      assertThat(SITE.files("css/components", ".css"))
          .allSatisfy(sheet -> assertThat(Site.read(sheet)).startsWith("@layer components {"));
      assertThat(SITE.files("css/views", ".css"))
          .allSatisfy(sheet -> assertThat(Site.read(sheet)).startsWith("@layer views {"));
    }
  }

  @Nested
  class The_jar {
    @Test
    void carries_the_whole_site_below_its_own_folder() {
      Path carried = Path.of("target", "classes", "META-INF", "rollcall-site");
      assertThat(SITE.files("", ""))
          .filteredOn(Files::isRegularFile)
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(carried.resolve(SITE.name(file))).hasSameBinaryContentAs(file));
    }
  }

  private static String first(String pattern) {
    return Pattern.compile(pattern)
        .matcher(PAGE)
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page has no " + pattern));
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }
}
