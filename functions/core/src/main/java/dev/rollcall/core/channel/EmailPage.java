package dev.rollcall.core.channel;

import static java.util.stream.Collectors.joining;

import java.util.Map;

/// The HTML of a mail. Mail readers drop style sheets, so that styles stand with each element, and
/// know tables better than anything newer. It loads nothing from anywhere.
final class EmailPage {
  private static final String FONT =
      "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light">
      <title>$title</title>
      </head>
      <body style="margin:0;padding:0;background:#f4f5f7;$font;color:#1f2733">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7">
      <tr><td align="center" style="padding:32px 16px">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #e3e6ea;border-radius:8px">
      <tr><td style="padding:28px 32px 0">
      <span style="display:inline-block;padding:3px 10px;border-radius:4px;background:$colour;color:#ffffff;font-size:13px;font-weight:600;letter-spacing:0.04em">$status</span>
      <h1 style="margin:14px 0 6px;font-size:21px;line-height:1.3;font-weight:600;overflow-wrap:anywhere">$name</h1>
      <p style="margin:0 0 20px;font-size:15px;line-height:1.5;color:#465162;overflow-wrap:anywhere">$sentence</p>
      </td></tr>
      <tr><td style="padding:0 32px">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-top:1px solid #e3e6ea">
      $facts
      </table>
      </td></tr>
      <tr><td style="padding:24px 32px 0">
      <a href="$link" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#24509a;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none">Open in Rollcall</a>
      </td></tr>
      $body<tr><td style="padding:30px 0 0;font-size:0;line-height:0">&nbsp;</td></tr>
      </table>
      <p style="margin:16px 0 0;font-size:12px;color:#667080">Sent by Rollcall, which watches your scheduled jobs.</p>
      </td></tr>
      </table>
      </body>
      </html>
      """;

  private static final String FACT =
      """
      <tr><td style="padding:9px 16px 9px 0;border-bottom:1px solid #eef0f2;font-size:14px;color:#667080;white-space:nowrap;vertical-align:top">$label</td>\
      <td width="100%" style="padding:9px 0;border-bottom:1px solid #eef0f2;font-size:14px;overflow-wrap:anywhere">$value</td></tr>\
      """;

  private static final String BODY =
      """
      <tr><td style="padding:24px 32px 0">
      <p style="margin:0 0 8px;font-size:14px;color:#667080">Body of the last ping</p>
      <pre style="margin:0;padding:12px 14px;border-radius:6px;background:#f4f5f7;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere">$body</pre>
      </td></tr>
      """;

  /// Both have a contrast of more than 5 : 1 under white.
  private static final String RED = "#b3261e";

  private static final String GREEN = "#1e7a3c";

  private EmailPage() {}

  static String html(Wording wording) {
    return fill(
        PAGE,
        Map.of(
            "$title", escape(wording.status() + " | " + wording.name()),
            "$font", FONT,
            "$colour", wording.status().equals("UP") ? GREEN : RED,
            "$status", wording.status(),
            "$name", escape(wording.name()),
            "$sentence", escape(wording.sentence()),
            "$facts", wording.facts().stream().map(EmailPage::fact).collect(joining("\n")),
            "$body", wording.body().isEmpty() ? "" : body(wording.body()),
            "$link", escape(wording.link())));
  }

  private static String fact(Wording.Fact fact) {
    return fill(FACT, Map.of("$label", escape(fact.label()), "$value", escape(fact.value())));
  }

  private static String body(String text) {
    return fill(BODY, Map.of("$body", escape(text)));
  }

  private static String fill(String template, Map<String, String> values) {
    return new Template(values).fill(template);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
