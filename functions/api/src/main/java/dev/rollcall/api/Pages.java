package dev.rollcall.api;

import dev.rollcall.edge.http.HttpResponse;

/// The pages that browsers see where they should not be.
final class Pages {
  static final HttpResponse NOT_FOUND =
      page(404, "Not Found", "The requested resource was not found on this server.");
  static final HttpResponse FORBIDDEN =
      page(403, "403 Forbidden", "This page is there to be read only.");

  private Pages() {}

  private static HttpResponse page(int status, String title, String text) {
    return HttpResponse.text(
        status,
        Answer.Text.HTML,
        """

        <!doctype html>
        <html lang="en">
        <head>
          <title>%1$s</title>
        </head>
        <body>
          <h1>%1$s</h1><p>%2$s</p>
        </body>
        </html>
        """
            .formatted(title, text));
  }
}
