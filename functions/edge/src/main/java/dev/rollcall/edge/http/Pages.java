package dev.rollcall.edge.http;

/// The pages that browsers see where they should not be.
public final class Pages {
  public static final HttpResponse NOT_FOUND =
      page(404, "Not Found", "The requested resource was not found on this server.");
  public static final HttpResponse FORBIDDEN =
      page(403, "403 Forbidden", "This page is there to be read only.");
  public static final HttpResponse TOO_LARGE =
      page(400, "Bad Request", "The body of a request is at most 2.5 MiB.");

  public static final HttpResponse MALFORMED =
      page(400, "Bad Request", "The request could not be understood.");

  private Pages() {}

  private static HttpResponse page(int status, String title, String text) {
    return HttpResponse.text(
        status,
        "text/html; charset=utf-8",
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
