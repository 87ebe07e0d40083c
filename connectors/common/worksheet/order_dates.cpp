#include "connectors/common/worksheet/order_dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/time_text.h"

namespace connectors::common {
namespace {

constexpr std::size_t kDateBytesMax = 64;
constexpr double kFirstSerial = 36'526;  // 01/01/2000
constexpr double kLastSerial = 73'050;   // 31/12/2099
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 5> kFillers = {"ngay", "thang", "nam", "luc", "t"};

struct Token {
  std::string text;
  char before = ' ';  // what stands in front of it
  bool number = false;
  int value = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

// Runs of digits and of letters. Empty: something else is among them.
std::vector<Token> tokens_of(std::string_view folded) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < folded.size();) {
    const char c = folded[at];
    if (!is_digit(c) && !is_letter(c)) {
      if (std::string_view(" /-.:,").find(c) == std::string_view::npos) return {};
      ++at;
      continue;
    }
    Token token;
    token.number = is_digit(c);
    token.before = at == 0 ? ' ' : folded[at - 1];
    while (at < folded.size() && (token.number ? is_digit(folded[at]) : is_letter(folded[at]))) {
      token.text.push_back(folded[at++]);
    }
    if (token.number && token.text.size() > 4) return {};
    if (token.number) token.value = std::stoi(token.text);
    out.push_back(std::move(token));
  }
  return out;
}

struct Parts {
  std::vector<Token> days;  // day, month and year in their order
  int month_name = 0;
  std::vector<int> clock;
  int half = 0;  // of the day: 1 before noon, 2 after
};

// A number belongs to the clock when a ":" stands on one of its sides.
std::optional<Parts> parts_of(std::string_view text) {
  if (text.size() > kDateBytesMax) return std::nullopt;
  const auto tokens = tokens_of(base::fold(text));
  Parts out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    const bool clock =
        token.before == ':' || (i + 1 < tokens.size() && tokens[i + 1].before == ':');
    if (token.number) {
      if (clock) {
        out.clock.push_back(token.value);
      } else {
        out.days.push_back(token);
      }
      continue;
    }
    const auto month = std::find_if(kMonths.begin(), kMonths.end(),
                                    [&](auto name) { return token.text.starts_with(name); });
    if (token.text == "sa" || token.text == "am") {
      out.half = 1;
    } else if (token.text == "ch" || token.text == "pm") {
      out.half = 2;
    } else if (month != kMonths.end()) {
      out.month_name = static_cast<int>(month - kMonths.begin()) + 1;
    } else if (std::find(kFillers.begin(), kFillers.end(), token.text) == kFillers.end()) {
      return std::nullopt;
    }
  }
  if (tokens.empty() || out.clock.size() == 1 || out.clock.size() > 3) return std::nullopt;
  return out;
}

std::optional<base::Instant> assemble(int year, int month, int day, const Parts& parts) {
  if (year < 0) return std::nullopt;
  auto clock = parts.clock;
  clock.resize(3, 0);
  if (parts.half != 0) {
    if (clock[0] < 1 || clock[0] > 12) return std::nullopt;
    clock[0] = clock[0] % 12 + (parts.half == 2 ? 12 : 0);
  }
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d", year,
                                 month, day, clock[0], clock[1], clock[2]);
  return base::parse_local({text.data(), static_cast<std::size_t>(std::max(size, 0))});
}

std::optional<base::Instant> from_serial(std::string_view text) {
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end || value < kFirstSerial || value > kLastSerial) {
    return std::nullopt;
  }
  const auto first = std::chrono::sys_days{std::chrono::year{1899} / 12 / 30};
  const std::chrono::seconds since{std::llround(value * kDaySeconds)};
  return base::Instant{first + since - base::kVietnamOffset};
}

}  // namespace

void DateColumn::add(std::string_view text) {
  const auto parts = parts_of(text);
  if (!parts || parts->days.size() != 3 || parts->days[0].text.size() > 2) return;
  first_above_12_ = first_above_12_ || parts->days[0].value > 12;
  second_above_12_ = second_above_12_ || parts->days[1].value > 12;
}

DayOrder DateColumn::order() const {
  return second_above_12_ && !first_above_12_ ? DayOrder::month_first : DayOrder::day_first;
}

std::optional<base::Instant> parse_order_date(std::string_view text, DayOrder order) {
  if (const auto serial = from_serial(text)) return serial;
  if (const auto iso = base::parse_iso(text, base::kVietnamOffset)) return iso;
  const auto parts = parts_of(text);
  if (!parts) return std::nullopt;
  const auto& days = parts->days;
  const bool named = parts->month_name != 0;
  if (days.size() != (named ? 2U : 3U)) return std::nullopt;
  const auto year_of = [](const Token& token) {
    if (token.text.size() == 2) return 2000 + token.value;
    return token.text.size() == 4 ? token.value : -1;  // no year
  };
  if (named) return assemble(year_of(days[1]), parts->month_name, days[0].value, *parts);
  if (days[0].text.size() == 4)
    return assemble(days[0].value, days[1].value, days[2].value, *parts);
  const bool day_first = order == DayOrder::day_first;
  return assemble(year_of(days[2]), days[day_first ? 1 : 0].value, days[day_first ? 0 : 1].value,
                  *parts);
}

}  // namespace connectors::common
