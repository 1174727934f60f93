package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.core.check.Body;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Takes pings by mail: one for each recipient that is the address of a check. SES puts a message
/// into the bucket and then calls this.
///
/// A mail is taken whatever SES thinks of it as spam or virus: nobody opens it here, and a ping
/// must not be lost. What neither the tables nor the inbox take, and what cannot be read, makes the
/// call fail: Lambda repeats it, and then keeps the event in a dead-letter queue.
public final class MailHandler implements RequestStreamHandler {
  private static final Logger LOG = System.getLogger(MailHandler.class.getName());

  private static final byte[] DONE = "{}".getBytes(StandardCharsets.UTF_8);

  private final PingFront front;
  private final Letters letters;
  private final InstantSource clock;

  public MailHandler(
      Settings settings,
      DynamoDbClient dynamo,
      SqsClient sqs,
      Letters letters,
      InstantSource clock) {
    front = PingWiring.front(settings, dynamo, sqs, letters, clock);
    this.letters = letters;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    var waiting = 0;
    for (var mail : MailEvent.read(event).mails()) {
      waiting += take(mail);
    }
    if (waiting > 0) {
      throw new IllegalStateException("pings by mail were not taken: " + waiting);
    }
    answer.write(DONE);
  }

  /// @return for how many recipients it was not taken
  private int take(MailEvent.Received mail) {
    var paths = new LinkedHashSet<String>();
    for (var recipient : mail.recipients()) {
      MailPing.path(recipient).ifPresentOrElse(paths::add, () -> ignored("no address of a check"));
    }
    if (paths.isEmpty()) {
      return 0;
    }
    var raw = Body.of(letters.beginning(mail.id(), Inbox.BODY_LIMIT));
    var isWhole = raw.size() < Inbox.BODY_LIMIT;
    var at = arrival(mail);
    var waiting = 0;
    for (var path : paths) {
      var request = MailPing.request(mail.id(), path, mail.from(), raw, isWhole);
      waiting += isTaken(request, at) ? 0 : 1;
    }
    return waiting;
  }

  private boolean isTaken(HttpRequest request, Instant at) {
    switch (front.answer(request, at).status()) {
      case 503 -> {
        return false;
      }
      case 404 -> ignored("unknown check");
      case 409 -> ignored("ambiguous slug");
      case 400 -> ignored("invalid slug");
      default -> {
        // Heard, or kept to be heard later.
      }
    }
    return true;
  }

  /// When SES had it: a mail that comes late, or again, says how the job fared then.
  private Instant arrival(MailEvent.Received mail) {
    var now = clock.instant();
    return mail.at() == null || mail.at().isAfter(now) ? now : mail.at();
  }

  private static void ignored(String why) {
    LOG.log(Level.INFO, "mail ignored: {0}", why);
  }
}
