#pragma once
// The texts of a request that signatures depend on byte for byte: percent-encoding, queries, forms.
// Nothing here throws. Threads: values.
// Source: RFC 3986 §2.3, RFC 7578, WHATWG URL (form encoding).
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connectors::common {

// Everything but A-Z a-z 0-9 - . _ ~ becomes %XX; a space is %20.
std::string percent_encode(std::string_view text);
// As above but keeps "/": for a path made of readable parts.
std::string percent_encode_path(std::string_view path);

// Name and value pairs in the order added.
class Query {
 public:
  Query& add(std::string_view name, std::string_view value);
  Query& add(std::string_view name, long long value);
  bool empty() const { return pairs_.empty(); }
  const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }

  std::string to_query() const;                        // a=1&b=x%20y, without "?"
  std::string append_to(std::string_view path) const;  // path?a=1, or the path alone when empty
  std::string to_form() const;  // application/x-www-form-urlencoded: a space is "+"

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

inline constexpr std::string_view kFormContentType = "application/x-www-form-urlencoded";

// A multipart/form-data body. The boundary is the caller's: 16 random bytes as hex are enough
// (random_hex in hmac.h); letters, digits and "-" only, at most 70.
class Multipart {
 public:
  explicit Multipart(std::string boundary);
  Multipart& add_field(std::string_view name, std::string_view value);
  Multipart& add_file(std::string_view name, std::string_view file_name,
                      std::string_view content_type, std::string_view bytes);
  std::string content_type() const;
  std::string body() const;

 private:
  std::string boundary_;
  std::string parts_;
};

}  // namespace connectors::common
