package dev.rollcall.core.check;

/// Which pings a check takes for what. The keywords, and what is searched of mails, are in
/// [Filters]: most checks have none, and a ping by HTTP need not read them.
///
/// @param postOnly only `POST` counts; pings by other methods are ignored, mails are not
/// @param filterBody the body of an HTTP ping is searched for keywords, which then decide instead
///   of the URL
/// @param failByDefault a text that is searched in vain is a failure; otherwise it is ignored
/// @param manualResume pings do not end a pause
public record Rules(
    boolean postOnly, boolean filterBody, boolean failByDefault, boolean manualResume) {

  /// Every ping means what its URL says.
  public static final Rules NONE = new Rules(false, false, false, false);
}
