package dev.rollcall.migrate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testing.cloud.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class PublisherTest {
  private static final String BUCKET = "site";
  private static final Set<String> FILES =
      Set.of(
          "index.html", "css/base.css", "js/main.js", "vendor/lit/LICENSE", "vendor/lit/index.js");
  private static final Edition FIRST = edition("first");
  private static final Edition SECOND = edition("second");
  private static final Edition THIRD = edition("third");

  private S3Server s3;
  private S3Client client;
  private Publisher publisher;

  @BeforeEach
  void start() throws IOException {
    s3 = new S3Server();
    s3.bucket(BUCKET);
    client =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .overrideConfiguration(overrides ->
                overrides
                    .apiCallTimeout(Duration.ofSeconds(20))
                    .retryStrategy(retries -> retries.maxAttempts(1)))
            .build();
    publisher = new Publisher(client, BUCKET);
  }

  @AfterEach
  void stop() {
    client.close();
    s3.close();
  }

  @Nested
  class Into_an_empty_bucket {

    @Test
    void an_edition_is_put_with_the_page_last() {
      show(FIRST);

      assertShown(FIRST);
      assertThat(s3.written()).endsWith("assets/editions.txt", "index.html");
    }

    @Test
    void files_may_be_kept_for_ever_and_the_page_is_asked_for_each_time() {
      show(FIRST);

      assertThat(s3.bucket(BUCKET))
          .allSatisfy((key, object) -> {
            if (key.startsWith(Edition.folder(FIRST.id()))) {
              assertThat(object.caching()).isEqualTo("public, max-age=31536000, immutable");
            } else {
              assertThat(object.caching()).isEqualTo("no-cache");
            }
          });
    }

    @Test
    void files_have_the_types_that_browsers_want() {
      show(FIRST);

      assertThat(type("index.html")).isEqualTo("text/html; charset=utf-8");
      assertThat(type(Edition.folder(FIRST.id()) + "js/main.js"))
          .isEqualTo("text/javascript; charset=utf-8");
      assertThat(type(Edition.folder(FIRST.id()) + "css/base.css"))
          .isEqualTo("text/css; charset=utf-8");
      assertThat(type(Edition.folder(FIRST.id()) + "vendor/lit/LICENSE"))
          .isEqualTo("text/plain; charset=utf-8");
    }

    private String type(String key) {
      return object(key).type();
    }
  }

  @Nested
  class After_another_edition {

    @Test
    void those_who_have_its_page_open_still_find_its_files() {
      show(FIRST);
      show(SECOND);

      assertShown(SECOND);
      assertThat(s3.bucket(BUCKET)).containsKeys(FIRST.files().keySet().toArray(String[]::new));
    }

    @Test
    void the_one_before_it_goes() {
      show(FIRST);
      show(SECOND);
      show(THIRD);

      assertShown(THIRD);
      assertThat(s3.bucket(BUCKET)).containsKeys(SECOND.files().keySet().toArray(String[]::new));
      assertThat(s3.bucket(BUCKET))
          .doesNotContainKeys(FIRST.files().keySet().toArray(String[]::new));
    }

    @Test
    void going_back_shows_the_older_one_and_keeps_the_newer() {
      show(FIRST);
      show(SECOND);
      s3.written().clear();

      show(FIRST);

      assertShown(FIRST);
      assertThat(s3.bucket(BUCKET)).containsKeys(SECOND.files().keySet().toArray(String[]::new));
      assertThat(s3.written()).containsExactly("assets/editions.txt", "index.html");
    }

    @Test
    void going_back_further_than_is_kept_puts_the_files_again() {
      show(FIRST);
      show(SECOND);
      show(THIRD);

      show(FIRST);

      assertShown(FIRST);
    }

    @Test
    void the_same_again_changes_nothing_that_is_seen() {
      show(FIRST);
      show(SECOND);
      var before = new TreeSet<>(s3.bucket(BUCKET).keySet());

      show(SECOND);

      assertShown(SECOND);
      assertThat(s3.bucket(BUCKET).keySet()).isEqualTo(before);
    }
  }

  @Nested
  class What_was_put_by_hand {

    @Test
    void stays_but_for_the_page() {
      put("index.html", "by hand");
      put("js/main.js", "by hand");
      put("robots.txt", "by hand");

      show(FIRST);

      assertShown(FIRST);
      assertThat(object("js/main.js").text()).isEqualTo("by hand");
      assertThat(object("robots.txt").text()).isEqualTo("by hand");
    }

    private void put(String key, String text) {
      s3.bucket(BUCKET)
          .put(
              key,
              new S3Server.Stored(text.getBytes(StandardCharsets.UTF_8), "text/plain", "no-cache"));
    }
  }

  @Nested
  class An_interruption {

    @Test
    void at_any_call_leaves_a_page_with_all_its_files_and_is_made_good_by_the_next_try() {
      show(FIRST);
      show(SECOND);
      var interrupted = true;
      for (int k = 1; interrupted; k++) {
        s3.failFrom(k);
        try {
          show(THIRD);
          interrupted = false;
        } catch (S3Exception stopped) {
          assertThat(complete()).as("stopped at call %d", k).isTrue();
        }
        s3.mend();
      }

      show(THIRD);

      assertShown(THIRD);
      assertThat(s3.bucket(BUCKET)).containsKeys(SECOND.files().keySet().toArray(String[]::new));
    }

    /// Whether the page that is shown belongs to an edition that is there as a whole.
    private boolean complete() {
      return List.of(SECOND, THIRD).stream()
          .filter(edition -> object("index.html").text().equals(edition.page()))
          .anyMatch(edition -> s3.bucket(BUCKET).keySet().containsAll(edition.files().keySet()));
    }
  }

  @Nested
  class Two_deployments_at_once {

    @Test
    void end_with_the_one_that_is_still_wanted() {
      show(FIRST);
      s3.before(Edition.PAGE, () -> show(SECOND));

      show(THIRD);

      assertShown(THIRD);
    }

    @Test
    void do_not_let_one_that_was_overtaken_show_its_page() {
      show(FIRST);

      assertThat(publisher.publish(SECOND, () -> false)).isFalse();

      assertShown(FIRST);
    }

    @Test
    void do_not_let_one_that_is_overtaken_late_remove_files() {
      show(FIRST);
      show(SECOND);
      var asked = new int[1];

      assertThat(publisher.publish(THIRD, () -> ++asked[0] == 1)).isTrue();

      assertThat(s3.bucket(BUCKET)).containsKeys(FIRST.files().keySet().toArray(String[]::new));
    }

    @Test
    void give_up_when_the_page_changes_every_time() {
      show(FIRST);
      s3.before(Edition.PAGE, new Rival(1));

      assertThatThrownBy(() -> show(THIRD)).isInstanceOf(IllegalStateException.class);
    }

    /// Puts another page each time, and waits for the next.
    private final class Rival implements Runnable {
      private final int number;

      Rival(int number) {
        this.number = number;
      }

      @Override
      public void run() {
        var page = ("rival " + number).getBytes(StandardCharsets.UTF_8);
        s3.bucket(BUCKET).put("index.html", new S3Server.Stored(page, "text/html", "no-cache"));
        s3.before(Edition.PAGE, new Rival(number + 1));
      }
    }
  }

  private void show(Edition edition) {
    assertThat(publisher.publish(edition, () -> true)).isTrue();
  }

  private void assertShown(Edition edition) {
    assertThat(object("index.html").text()).isEqualTo(edition.page());
    edition
        .files()
        .forEach((key, content) -> assertThat(object(key).content()).as(key).isEqualTo(content));
  }

  private S3Server.Stored object(String key) {
    return Objects.requireNonNull(s3.bucket(BUCKET).get(key), key);
  }

  /// Some files of this build's site, and one of its own.
  private static Edition edition(String name) {
    var files = new TreeMap<>(BuiltSite.files());
    files.keySet().retainAll(FILES);
    files.put("js/" + name + ".js", name.getBytes(StandardCharsets.UTF_8));
    return Edition.of(files);
  }
}
