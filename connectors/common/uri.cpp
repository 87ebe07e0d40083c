#include "connectors/common/uri.h"

namespace connectors::common {

namespace {

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_percent(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0x0FU];
}

std::string encode_keeping(std::string_view text, std::string_view kept) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c) || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

std::string form_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == ' ') {
      out += '+';
    } else if (c == '*' || (is_unreserved(c) && c != '~')) {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

template <typename Encode>
std::string join(const std::vector<std::pair<std::string, std::string>>& pairs, Encode encode) {
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out += '&';
    out += encode(name) + '=' + encode(value);
  }
  return out;
}

// RFC 7578 leaves the quoting to practice: a quote or a line break would end the header.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\r' || c == '\n' || c == '\0') {
      append_percent(out, c);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\r' && c != '\n' && c != '\0') out += c;
  }
  return out;
}

}  // namespace

std::string percent_encode(std::string_view text) {
  return encode_keeping(text, "");
}

std::string percent_encode_path(std::string_view path) {
  return encode_keeping(path, "/");
}

Query& Query::add(std::string_view name, std::string_view value) {
  pairs_.emplace_back(name, value);
  return *this;
}

Query& Query::add(std::string_view name, long long value) {
  pairs_.emplace_back(name, std::to_string(value));
  return *this;
}

std::string Query::to_query() const {
  return join(pairs_, percent_encode);
}

std::string Query::append_to(std::string_view path) const {
  std::string out{path};
  if (!pairs_.empty()) out += '?' + to_query();
  return out;
}

std::string Query::to_form() const {
  return join(pairs_, form_encode);
}

Multipart::Multipart(std::string boundary) : boundary_(std::move(boundary)) {}

Multipart& Multipart::add_field(std::string_view name, std::string_view value) {
  parts_ +=
      "--" + boundary_ + "\r\nContent-Disposition: form-data; name=" + quoted(name) + "\r\n\r\n";
  parts_ += value;
  parts_ += "\r\n";
  return *this;
}

Multipart& Multipart::add_file(std::string_view name, std::string_view file_name,
                               std::string_view content_type, std::string_view bytes) {
  parts_ += "--" + boundary_ + "\r\nContent-Disposition: form-data; name=" + quoted(name) +
            "; filename=" + quoted(file_name) + "\r\nContent-Type: " + one_line(content_type) +
            "\r\n\r\n";
  parts_ += bytes;
  parts_ += "\r\n";
  return *this;
}

std::string Multipart::content_type() const {
  return "multipart/form-data; boundary=" + boundary_;
}

std::string Multipart::body() const {
  return parts_ + "--" + boundary_ + "--\r\n";
}

}  // namespace connectors::common
