package dev.rollcall.migrate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EditionTest {
  private static final Map<String, byte[]> SITE = BuiltSite.files();
  private static final Edition EDITION = Edition.of(SITE);
  private static final String PAGE = EDITION.page();

  @Nested
  class The_edition_of_this_build {

    @Test
    void has_every_file_of_the_site_in_one_folder() {
      assertThat(EDITION.files()).hasSize(SITE.size() - 1);
      assertThat(EDITION.files().keySet())
          .allMatch(key -> key.startsWith("assets/" + EDITION.id() + "/"))
          .contains("assets/" + EDITION.id() + "/js/main.js")
          .contains("assets/" + EDITION.id() + "/vendor/lit/index.js");
    }

    @Test
    void leads_from_its_page_to_files_that_it_has() {
      var addresses =
          Pattern.compile("(?:href|src)=\"\\./([^\"]+)\"")
              .matcher(PAGE)
              .results()
              .map(match -> match.group(1))
              .toList();

      assertThat(addresses).hasSizeGreaterThan(10).isSubsetOf(EDITION.files().keySet());
    }

    @Test
    void maps_imports_to_files_and_folders_that_it_has() {
      var targets =
          Pattern.compile("\": \"\\./([^\"]+)\"")
              .matcher(PAGE)
              .results()
              .map(match -> match.group(1))
              .toList();

      assertThat(targets)
          .hasSize(7)
          .allSatisfy(target ->
              assertThat(EDITION.files().keySet()).anyMatch(key -> key.startsWith(target)));
    }

    @Test
    void allows_its_import_map_by_its_hash_and_nothing_else_inline()
        throws GeneralSecurityException {
      var map = Pattern.compile("(?s)<script type=\"importmap\">(.*?)</script>").matcher(PAGE);
      assertThat(map.find()).isTrue();
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(map.group(1).getBytes(StandardCharsets.UTF_8));

      assertThat(PAGE)
          .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';");
    }
  }

  @Nested
  class The_id {

    @Test
    void is_the_same_for_the_same_files() {
      assertThat(Edition.of(new TreeMap<>(SITE)).id()).isEqualTo(EDITION.id()).hasSize(16);
    }

    @Test
    void is_another_when_a_file_changes_its_content_or_name() {
      var changed = new TreeMap<>(SITE);
      changed.put("js/main.js", "changed".getBytes(StandardCharsets.UTF_8));
      var renamed = new TreeMap<>(SITE);
      renamed.put("js/other.js", renamed.remove("js/main.js"));

      assertThat(Edition.of(changed).id()).isNotEqualTo(EDITION.id());
      assertThat(Edition.of(renamed).id()).isNotEqualTo(EDITION.id());
    }

    @Test
    void is_another_when_only_the_page_changes() {
      var changed = new TreeMap<>(SITE);
      var page = new String(SITE.get("index.html"), StandardCharsets.UTF_8);
      changed.put(
          "index.html",
          page.replace("<title>Rollcall", "<title>Other").getBytes(StandardCharsets.UTF_8));

      assertThat(Edition.of(changed).id()).isNotEqualTo(EDITION.id());
    }
  }

  @Nested
  class A_site_that_cannot_be_moved {

    @Test
    void has_a_policy_that_does_not_allow_its_import_map() {
      var broken = new TreeMap<>(SITE);
      var page = new String(SITE.get("index.html"), StandardCharsets.UTF_8);
      broken.put(
          "index.html", page.replace("'sha256-", "'sha256-x").getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> Edition.of(broken)).hasMessageContaining("policy");
    }

    @Test
    void has_no_page() {
      assertThatThrownBy(() -> Edition.of(Map.of())).hasMessageContaining("index.html");
    }
  }
}
