package dev.rollcall.migrate.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/// Shows an edition: its files first, the page that leads to them last. The edition shown before
/// stays for those who have its page open; older ones go. Whatever interrupts it, the page that is
/// shown has all its files, and the next call does the rest. What others have put into the bucket
/// outside of the editions' folders is left alone.
public final class Publisher {
  /// The ids of the editions that are kept, the newest first, one a line.
  static final String KEPT = Edition.FOLDERS + "editions.txt";

  private static final Logger LOG = System.getLogger(Publisher.class.getName());

  /// How many editions are kept: the one shown, and the one before.
  private static final int EDITIONS = 2;

  /// Somebody else may show another edition at the same moment, but hardly time and again.
  private static final int TRIES = 5;

  private static final Pattern FOLDER = Pattern.compile(Edition.FOLDERS + "([0-9a-f]{16})/");

  private final Bucket bucket;

  public Publisher(S3Client s3, String bucket) {
    this.bucket = new Bucket(s3, bucket);
  }

  /// @param wanted whether this edition is still to be shown: a deployment that goes back may have
  ///   taken the place of this one
  /// @return whether it is shown
  public boolean publish(Edition edition, BooleanSupplier wanted) {
    for (int number = 1; number <= TRIES; number++) {
      var shown = bucket.read(Edition.PAGE);
      var kept = kept(edition, shown);
      fill(edition);
      if (!wanted.getAsBoolean()) {
        return false;
      }
      bucket.put(KEPT, lines(kept), Bucket.ASK);
      if (show(edition, shown)) {
        remove(kept, wanted);
        // Whoever was overtaken may have removed files while this edition came back.
        fill(edition);
        LOG.log(Level.INFO, "shows edition {0}", edition.id());
        return true;
      }
    }
    throw new IllegalStateException("another page was shown meanwhile, time and again");
  }

  /// Puts the files that are not there. Those that are have the right content: their folder's name
  /// is its hash, and S3 keeps whole objects only.
  private void fill(Edition edition) {
    var there = bucket.keys(Edition.folder(edition.id()));
    edition
        .files()
        .forEach((key, content) -> {
          if (!there.contains(key)) {
            bucket.put(key, content, Bucket.FOR_EVER);
          }
        });
  }

  private boolean show(Edition edition, Optional<Bucket.Stored> shown) {
    if (shown.filter(page -> page.content().equals(edition.page())).isPresent()) {
      return true;
    }
    return bucket.replace(Edition.PAGE, shown, edition.page(), Bucket.ASK);
  }

  /// This edition, the one shown now, and then those kept before.
  private List<String> kept(Edition edition, Optional<Bucket.Stored> shown) {
    var ids = new LinkedHashSet<String>();
    ids.add(edition.id());
    shown
        .flatMap(page -> FOLDER.matcher(page.content()).results().findFirst())
        .ifPresent(found -> ids.add(found.group(1)));
    bucket.read(KEPT).ifPresent(list -> list.content().lines().forEach(ids::add));
    return ids.stream().limit(EDITIONS).toList();
  }

  private void remove(List<String> kept, BooleanSupplier wanted) {
    for (var key : bucket.keys(Edition.FOLDERS)) {
      var folder = FOLDER.matcher(key);
      if (folder.lookingAt() && !kept.contains(folder.group(1))) {
        if (!wanted.getAsBoolean()) {
          return;
        }
        bucket.delete(key);
      }
    }
  }

  private static byte[] lines(List<String> ids) {
    return (String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
