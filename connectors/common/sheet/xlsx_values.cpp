#include "connectors/common/sheet/xlsx_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

namespace connectors::common {
namespace {

constexpr double kExactMax = 1e15;
constexpr double kLastDay = 2'958'465;  // 31/12/9999
constexpr std::int64_t kDaySeconds = 86'400;
constexpr int kNoSuchDay = 60;  // 29/02/1900
constexpr int kDaysTo1904 = 1'462;
constexpr std::size_t kNumberBytesMax = 64;

std::optional<double> to_double(std::string_view raw) {
  double value = 0;
  const auto* end = raw.data() + raw.size();
  const auto [stop, failure] = std::from_chars(raw.data(), end, value);
  if (failure != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool is_plain_integer(std::string_view raw) {
  return !raw.empty() && raw.size() <= 15 &&
         std::all_of(raw.begin(), raw.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string number_text(std::string_view raw) {
  if (is_plain_integer(raw) || raw.size() > kNumberBytesMax) return std::string(raw);
  const auto value = to_double(raw);
  if (!value || std::fabs(*value) >= kExactMax) return std::string(raw);
  std::array<char, 40> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.15g", *value);
  return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

std::string date_text(std::string_view raw, Epoch epoch) {
  const auto value = to_double(raw);
  if (!value || *value < 0 || *value > kLastDay) return number_text(raw);
  const auto seconds = static_cast<std::int64_t>(std::llround(*value * kDaySeconds));
  auto serial = static_cast<int>(seconds / kDaySeconds);
  const auto of_day = static_cast<int>(seconds % kDaySeconds);
  std::array<char, 48> text{};
  int size = 0;
  const int hour = of_day / 3600;
  const int minute = of_day / 60 % 60;
  const int second = of_day % 60;
  if (serial == 0) {
    size = std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", hour, minute, second);
    return {text.data(), static_cast<std::size_t>(size)};
  }
  if (epoch == Epoch::of_1904) serial += kDaysTo1904;
  if (epoch == Epoch::of_1900 && serial == kNoSuchDay) return number_text(raw);
  using std::chrono::days;
  const auto first = std::chrono::sys_days{std::chrono::year{1899} / 12 / (serial < 60 ? 31 : 30)};
  const std::chrono::year_month_day date{first + days{serial}};
  size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (of_day != 0) {
    size += std::snprintf(text.data() + size, text.size() - static_cast<std::size_t>(size),
                          " %02d:%02d:%02d", hour, minute, second);
  }
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace connectors::common
