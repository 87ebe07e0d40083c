#include "connectors/common/json_repair.h"

#include <cstdint>
#include <optional>

#include "connectors/common/utf8.h"

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kExactDigitsMax = 18;  // fits an int64 whatever the digits are

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_number_char(char c) {
  return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}
bool is_structure(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == ':' ||
         (c >= 'a' && c <= 'z');
}

std::size_t digits_at(std::string_view text, std::size_t from) {
  std::size_t count = 0;
  while (from + count < text.size() && is_digit(text[from + count])) ++count;
  return count;
}

enum class Number { malformed, exact, inexact };

// RFC 8259 §6.
Number classify(std::string_view token) {
  std::size_t at = token.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits_at(token, at);
  if (whole == 0 || (whole > 1 && token[at] == '0')) return Number::malformed;
  at += whole;
  if (at == token.size()) return whole <= kExactDigitsMax ? Number::exact : Number::inexact;
  if (token[at] == '.') {
    const std::size_t fraction = digits_at(token, at + 1);
    if (fraction == 0) return Number::malformed;
    at += 1 + fraction;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t exponent = digits_at(token, at);
    if (exponent == 0) return Number::malformed;
    at += exponent;
  }
  return at == token.size() ? Number::inexact : Number::malformed;
}

std::optional<std::uint32_t> hex_unit(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t unit = 0;
  for (const char c : text.substr(0, 4)) {
    unit <<= 4U;
    if (is_digit(c)) {
      unit |= static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      unit |= static_cast<std::uint32_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      unit |= static_cast<std::uint32_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return unit;
}

class Repair {
 public:
  Repair(std::string_view body, int depth_max) : rest_(body), depth_max_(depth_max) {
    out_.reserve(body.size() + body.size() / 16);
  }

  base::Result<std::string> run() {
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '"') {
        string();
      } else if (c == '-' || is_digit(c)) {
        if (!number()) return problem("a malformed number");
      } else if (c == '{' || c == '[') {
        if (++depth_ > depth_max_) {
          return problem("it is nested deeper than " + std::to_string(depth_max_) + " levels");
        }
        copy(1);
      } else if (c == '}' || c == ']') {
        --depth_;
        copy(1);
      } else if (is_structure(c)) {
        copy(1);
      } else {
        return problem("an unexpected character");
      }
    }
    return std::move(out_);
  }

 private:
  static Error problem(const std::string& what) {
    return {ErrorCode::protocol, "the answer is not acceptable JSON: " + what, {}, {}};
  }

  void copy(std::size_t count) {
    out_ += rest_.substr(0, count);
    rest_.remove_prefix(std::min(count, rest_.size()));
  }

  bool number() {
    std::size_t length = 0;
    while (length < rest_.size() && is_number_char(rest_[length])) ++length;
    const Number kind = classify(rest_.substr(0, length));
    if (kind == Number::malformed) return false;
    if (kind == Number::inexact) out_ += '"';
    copy(length);
    if (kind == Number::inexact) out_ += '"';
    return true;
  }

  void string() {
    copy(1);
    while (!rest_.empty()) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      if (byte == '"') {
        copy(1);
        return;
      }
      if (byte == '\\') {
        escape();
      } else if (byte < 0x20) {
        control(byte);
      } else if (byte < 0x80) {
        copy(1);
      } else {
        sequence();
      }
    }
  }

  void control(unsigned char byte) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out_ += "\\u00";
    out_ += kDigits[byte >> 4U];
    out_ += kDigits[byte & 0x0FU];
    rest_.remove_prefix(1);
  }

  void sequence() {
    const std::size_t length = utf8_step(rest_).length;
    if (length != 0) return copy(length);
    out_ += kReplacement;
    rest_.remove_prefix(1);
  }

  // Escapes beyond ASCII become their UTF-8, so the parser never meets a surrogate.
  void escape() {
    if (!rest_.starts_with("\\u")) return copy(rest_.size() > 1 && rest_[1] >= 0x20 ? 2 : 1);
    const auto unit = hex_unit(rest_.substr(2));
    if (!unit || *unit < 0x80) return copy(2);
    rest_.remove_prefix(6);
    const bool high = *unit >= 0xD800 && *unit <= 0xDBFF;
    const bool low = *unit >= 0xDC00 && *unit <= 0xDFFF;
    if (!high && !low) return append_utf8(out_, *unit);
    const auto second = high && rest_.starts_with("\\u") ? hex_unit(rest_.substr(2)) : std::nullopt;
    if (!second || *second < 0xDC00 || *second > 0xDFFF) {
      out_ += kReplacement;
      return;
    }
    rest_.remove_prefix(6);
    append_utf8(out_, 0x10000 + ((*unit - 0xD800) << 10U) + (*second - 0xDC00));
  }

  std::string_view rest_;
  int depth_max_;
  int depth_ = 0;
  std::string out_;
};

}  // namespace

base::Result<std::string> repair_json(std::string_view body, int depth_max) {
  return Repair{body, depth_max}.run();
}

}  // namespace connectors::common
