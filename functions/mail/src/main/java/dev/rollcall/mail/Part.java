package dev.rollcall.mail;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/// What the headers of a part say of it; of several of one name the first.
///
/// @param mimeType in lower case. A part that names none, or several parts without saying where
///   each begins, is plain text
/// @param charset as it stands; empty where it has none
/// @param transferEncoding as it stands
/// @param isAttachment whether it is to be saved rather than shown
record Part(
    String mimeType,
    @Nullable String boundary,
    String charset,
    String transferEncoding,
    boolean isAttachment)
    implements BodyDescriptor {

  @Override
  public String getMimeType() {
    return mimeType;
  }

  @Override
  public String getMediaType() {
    return mimeType.substring(0, mimeType.indexOf('/'));
  }

  @Override
  public String getSubType() {
    return mimeType.substring(mimeType.indexOf('/') + 1);
  }

  @Override
  public @Nullable String getBoundary() {
    return boundary;
  }

  @Override
  public String getCharset() {
    return charset;
  }

  @Override
  public String getTransferEncoding() {
    return transferEncoding;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  /// Hears the headers of a part.
  static final class Headers implements BodyDescriptorBuilder {
    private static final Pattern TYPE = Pattern.compile("[^/\\s]+/[^/\\s]+");

    private final String otherwise;
    private @Nullable RawField type;
    private @Nullable String encoding;
    private @Nullable String disposition;

    Headers() {
      this("text/plain");
    }

    /// @param otherwise what a part is that does not say what it is
    private Headers(String otherwise) {
      this.otherwise = otherwise;
    }

    @Override
    public void reset() {
      type = null;
      encoding = null;
      disposition = null;
    }

    @Override
    public @Nullable Field addField(RawField field) {
      switch (field.getNameLowerCase()) {
        case "content-type" -> type = type == null ? field : type;
        case "content-transfer-encoding" -> encoding = encoding == null ? text(field) : encoding;
        case "content-disposition" -> disposition = disposition == null ? text(field) : disposition;
        default -> {}
      }
      return null;
    }

    @Override
    public Part build() {
      var parameters = new MimeParameterMapping();
      var name = type == null ? otherwise : name(type, parameters);
      var boundary = parameters.get("boundary");
      var isMultipart = name.startsWith("multipart/");
      return new Part(
          isMultipart && boundary == null ? "text/plain" : name,
          isMultipart ? boundary : null,
          Objects.requireNonNullElse(parameters.get("charset"), ""),
          Objects.requireNonNullElse(encoding, ""),
          disposition != null && disposition.startsWith("attachment"));
    }

    @Override
    public BodyDescriptorBuilder newChild() {
      var isDigest = type != null && text(type).startsWith("multipart/digest");
      return new Headers(isDigest ? "message/rfc822" : "text/plain");
    }

    /// Reads a type and its parameters, by RFC 2231: they may be in pieces (`boundary*0`) and
    /// encoded (`charset*`).
    private static String name(RawField type, MimeParameterMapping parameters) {
      var body = RawFieldParser.DEFAULT.parseRawBody(type);
      for (var parameter : body.getParams()) {
        if (parameter.getValue() != null) {
          parameters.addParameter(parameter.getName(), parameter.getValue());
        }
      }
      var said = Objects.requireNonNullElse(body.getValue(), "").replace("\"", "");
      var name = said.strip().toLowerCase(Locale.ROOT);
      return TYPE.matcher(name).matches() ? name : "text/plain";
    }

    private static String text(RawField field) {
      return Objects.requireNonNullElse(field.getBody(), "").strip().toLowerCase(Locale.ROOT);
    }
  }
}
