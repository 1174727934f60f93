package dev.rollcall.testing.conformance;

import dev.rollcall.core.check.Body;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What cases are replayed against: a whole service, or as much of one as they need.
public interface Service {

  /// The keys of a project.
  record Keys(String id, String readWrite, String readOnly, String ping, String badge) {}

  /// A request.
  ///
  /// @param target path and query
  /// @param headers by the names that they are sent with
  record Request(String method, String target, Map<String, String> headers, Body body) {}

  /// An answer.
  ///
  /// @param headers by name in lower case
  record Answer(int status, Map<String, String> headers, Body body) {}

  /// A request that the webhook listener received.
  record Hook(String method, String path, Map<String, String> headers, String body) {}

  /// Where the service says that it is, without a slash at the end.
  String base();

  /// Where its webhooks reach the listener, without a slash at the end.
  String listener();

  Answer send(Request request);

  /// Makes a project.
  Keys project();

  /// Sets limits of a project: `check_limit`, `ping_log_limit`.
  void limit(String project, Map<String, Integer> limits);

  /// Gives a project a channel, and answers with its id.
  ///
  /// @param channel `kind`, `name`, `value`, `assign`, `disabled`, as recorded
  String channel(String project, Map<String, Object> channel);

  /// Lets time pass.
  void advance(long seconds);

  /// Sweeps, and does all that follows from it.
  ///
  /// @return what the listener received since the last sweep
  List<Hook> sweep();

  /// The statuses with which the listener answers from now on, in order, before it goes on with
  /// 200.
  void answerHooks(List<Integer> statuses);

  Instant now();
}
