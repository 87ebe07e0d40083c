#include "catalog/money.h"

#include <cassert>
#include <charconv>

#include "base/text.h"

namespace catalog {
namespace {

// An unsigned amount in text: digits in groups, perhaps a decimal part.
struct Number {
  std::int64_t whole = 0;
  std::int64_t fraction = 0;  // digits after the decimal mark, as an integer
  int fraction_digits = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<std::int64_t> digits_value(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// Groups of three after the first mark mean thousands; ".00" is dropped; one mark followed by one
// or two digits is a decimal part. Two kinds of mark: the last one is the decimal mark.
std::optional<Number> read_number(std::string_view text) {
  std::string digits;
  std::string marks;
  std::size_t after_last_mark = 0;
  bool uneven_group = false;
  for (const char c : text) {
    if (is_digit(c)) {
      digits.push_back(c);
      ++after_last_mark;
    } else if (c == '.' || c == ',' || c == ' ') {
      if (digits.empty()) return std::nullopt;
      if (!marks.empty() && after_last_mark != 3) uneven_group = true;
      marks.push_back(c);
      after_last_mark = 0;
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || uneven_group) return std::nullopt;
  std::size_t fraction_digits = 0;
  if (!marks.empty() && after_last_mark != 3) {
    const bool only_mark = marks.find(marks.back()) == marks.size() - 1;
    if (!only_mark || marks.back() == ' ' || after_last_mark == 0 || after_last_mark > 2) {
      return std::nullopt;
    }
    fraction_digits = after_last_mark;
  }
  const std::string_view all = digits;
  const auto whole = digits_value(all.substr(0, all.size() - fraction_digits));
  const auto fraction =
      fraction_digits == 0 ? 0 : digits_value(all.substr(all.size() - fraction_digits));
  if (!whole || !fraction) return std::nullopt;
  return Number{*whole, *fraction, static_cast<int>(fraction_digits)};
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  while (exponent-- > 0) value *= 10;
  return value;
}

std::optional<std::int64_t> scale(const Number& number, std::int64_t unit) {
  const auto divisor = power_of_ten(number.fraction_digits);
  if (number.whole > kPriceMax / unit) return std::nullopt;
  if (number.fraction * unit % divisor != 0) return std::nullopt;
  return number.whole * unit + number.fraction * unit / divisor;
}

bool strip_suffix(std::string& text, std::string_view suffix) {
  if (!std::string_view(text).ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  text = std::string(base::trim(text));
  return true;
}

// "1tr2": one million and two tenths of it.
std::optional<std::int64_t> read_millions_and_tenths(std::string_view text) {
  const auto at = text.find("tr");
  if (at == std::string_view::npos || at + 3 != text.size() || !is_digit(text.back())) {
    return std::nullopt;
  }
  const auto millions = digits_value(text.substr(0, at));
  if (!millions || *millions > kPriceMax / 1'000'000) return std::nullopt;
  return *millions * 1'000'000 + (text.back() - '0') * 100'000;
}

}  // namespace

Money operator+(Money a, Money b) {
  assert(a.currency == b.currency);
  return {a.minor + b.minor, a.currency};
}

Money operator-(Money a, Money b) {
  assert(a.currency == b.currency);
  return {a.minor - b.minor, a.currency};
}

Money operator*(Money unit, std::int64_t quantity) {
  return {unit.minor * quantity, unit.currency};
}

std::vector<Money> split(Money total, int parts) {
  assert(parts >= 1);
  const auto share = total.minor / parts;
  auto rest = total.minor % parts;
  std::vector<Money> out;
  out.reserve(static_cast<std::size_t>(parts));
  for (int i = 0; i < parts; ++i) {
    const std::int64_t extra = rest > 0 ? 1 : (rest < 0 ? -1 : 0);
    rest -= extra;
    out.push_back({share + extra, total.currency});
  }
  return out;
}

std::string to_text(Money amount) {
  const bool negative = amount.minor < 0;
  const std::string digits = std::to_string(negative ? -amount.minor : amount.minor);
  std::string out = negative ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out.push_back('.');
    out.push_back(digits[i]);
  }
  return out + " đ";
}

std::optional<Money> parse_money(std::string_view text) {
  std::string plain = base::fold(text);
  if (!plain.empty() && plain.front() == '\'') plain.erase(0, 1);
  strip_suffix(plain, "₫");
  strip_suffix(plain, "vnd");
  if (!strip_suffix(plain, "dong")) strip_suffix(plain, "d");
  if (plain.empty()) return std::nullopt;
  if (const auto tenths = read_millions_and_tenths(plain)) return Money{*tenths};
  std::int64_t unit = 1;
  if (strip_suffix(plain, "trieu") || strip_suffix(plain, "tr")) {
    unit = 1'000'000;
  } else if (strip_suffix(plain, "nghin") || strip_suffix(plain, "ngan") ||
             strip_suffix(plain, "k")) {
    unit = 1'000;
  }
  const auto number = read_number(plain);
  if (!number) return std::nullopt;
  const auto value = scale(*number, unit);
  if (!value || *value > kPriceMax) return std::nullopt;
  return Money{*value};
}

}  // namespace catalog
