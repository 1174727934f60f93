package dev.rollcall.core.channel;

import java.util.List;
import java.util.Map;

/// A way to tell people. Adding one takes a file with a class like this and a line in
/// [Channels#ALL].
///
/// @param <S> what this channel must know to reach somebody
public interface Channel<S> {

  /// The name by which integrations and the API know it, in lower case.
  String kind();

  /// What people call it.
  String title();

  /// What is asked of whoever sets it up, in the order of the form. The dashboard and the API read
  /// their forms and checks from here.
  List<Field> fields();

  /// Understands settings as they are stored. What is left out has its initial value; what is not
  /// asked for is ignored.
  Reading<S> read(Map<String, Object> settings);

  /// Understands settings with which somebody sets it up now. This is stricter than [#read]: what
  /// was stored by older rules and works goes on, and nobody can add to it.
  default Reading<S> readNew(Map<String, Object> settings) {
    return Form.<S>refusal(fields(), settings).orElseGet(() -> read(settings));
  }

  /// Whether its requests are signed with the secret of the channel that was set up: where the
  /// receiver is the user's own, who can check that.
  default boolean isSigned() {
    return false;
  }

  /// The message about `alert`. Pure: the same alert and settings give the same delivery.
  Delivery render(Alert alert, S settings);
}
