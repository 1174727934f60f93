package dev.rollcall.local.dashboard;

import dev.rollcall.local.command.Place;
import dev.rollcall.local.command.PlaceOptions;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which API a dashboard on a desk shows.
///
/// @param port to listen on, on the loopback interface; 0 takes a free one
record DashboardOptions(Source source, int port) {
  static final String USAGE =
      """
      usage: ./rollcall dashboard (--stack NAME | --api URL) [OPTION ...]

        --stack NAME      the API of a stack in AWS  [--profile NAME] [--region REGION]
        --api URL         the API at this address, such as the stack's output Site
        --port N          listen on port N of this machine (8000; 0 takes a free one)
      """;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /// Where the API's address comes from.
  sealed interface Source {
    record Address(URI api) implements Source {}

    record Stack(Place.Stack place) implements Source {}
  }

  /// @throws IllegalArgumentException saying what is wrong
  static DashboardOptions parse(List<String> arguments) {
    var port = 8000;
    @Nullable URI api = null;
    @Nullable String stack = null;
    @Nullable String profile = null;
    @Nullable String region = null;
    var rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      var option = rest.pop();
      switch (option) {
        case "--port" -> port = port(PlaceOptions.value(option, rest));
        case "--api" -> api = address(PlaceOptions.value(option, rest));
        case "--stack" -> stack = PlaceOptions.value(option, rest);
        case "--profile" -> profile = PlaceOptions.value(option, rest);
        case "--region" -> region = PlaceOptions.value(option, rest);
        default -> throw new IllegalArgumentException("there is no option " + option);
      }
    }
    if (api != null && stack == null) {
      if (profile != null || region != null) {
        throw new IllegalArgumentException("--profile and --region need --stack");
      }
      return new DashboardOptions(new Source.Address(api), port);
    }
    if (stack != null && api == null) {
      return new DashboardOptions(new Source.Stack(new Place.Stack(stack, profile, region)), port);
    }
    throw new IllegalArgumentException("it needs either --stack or --api");
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException("--port needs a number from 0 to 65535, not " + text);
    }
    return Integer.parseInt(text);
  }

  /// The beginning of an API's addresses, without a slash at the end. Keys go there: only by TLS,
  /// or on this machine.
  ///
  /// @throws IllegalArgumentException saying what it must be
  static URI address(String text) {
    try {
      var api = URI.create(text.replaceFirst("/+$", ""));
      var scheme = String.valueOf(api.getScheme()).toLowerCase(Locale.ROOT);
      var isSafe =
          scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(api.getHost()));
      if (isSafe
          && api.getHost() != null
          && api.getRawPath().isEmpty()
          && api.getRawQuery() == null
          && api.getRawFragment() == null
          && api.getRawUserInfo() == null) {
        return api;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below, as what is no such address is.
    }
    throw new IllegalArgumentException(
        "--api needs an address like https://HOST, with nothing behind the host: keys go there, so"
            + " that http is for this machine only");
  }
}
