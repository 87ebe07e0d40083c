#include "connectors/common/rest_errors.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;
using std::chrono::milliseconds;

std::optional<int> digits(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (text.empty() || failure != std::errc{} || stop != end || number < 0) return std::nullopt;
  return number;
}

// "Tue, 24 Nov 2026 01:02:03 GMT": the one form that RFC 9110 lets a server send.
std::optional<base::Instant> parse_http_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") {
    return std::nullopt;
  }
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  const auto day = digits(text.substr(5, 2));
  const auto year = digits(text.substr(12, 4));
  const auto hour = digits(text.substr(17, 2));
  const auto minute = digits(text.substr(20, 2));
  const auto second = digits(text.substr(23, 2));
  if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;

  const auto month_number = static_cast<unsigned>(month - kMonths.begin()) + 1;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{month_number},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return base::Instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

bool same_name(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

ErrorCode code_for(int status, Repeatable repeatable, bool asks_to_wait) {
  switch (status) {
    case 401:
      return ErrorCode::unauthorized;
    case 404:
    case 410:
      return ErrorCode::not_found;
    case 409:
    case 412:
      return ErrorCode::conflict;
    case 429:
      return ErrorCode::rate_limited;
    default:
      break;
  }
  if (status == 503 && asks_to_wait) return ErrorCode::rate_limited;
  if (status >= 500 || status == 408) {
    return repeatable == Repeatable::yes ? ErrorCode::unavailable : ErrorCode::unknown_outcome;
  }
  return status >= 400 ? ErrorCode::rejected : ErrorCode::protocol;
}

}  // namespace

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  for (const auto& [known, value] : headers) {
    if (same_name(known, name)) return value;
  }
  return std::nullopt;
}

std::optional<milliseconds> parse_retry_after(std::string_view value, base::Instant now) {
  value = base::trim(value);
  const bool all_digits =
      !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  if (all_digits) {
    const auto seconds = digits(value);  // nothing: more than an int holds
    return std::min<milliseconds>(std::chrono::seconds{seconds.value_or(3600)}, kRetryAfterMax);
  }
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return std::clamp<milliseconds>(*date - now, milliseconds{0}, kRetryAfterMax);
}

std::optional<milliseconds> retry_after(const RestResponse& response, base::Instant now) {
  const auto header = find_header(response.headers, "Retry-After");
  return header ? parse_retry_after(*header, now) : std::nullopt;
}

std::optional<Error> status_error(const RestResponse& response, Repeatable repeatable,
                                  base::Instant now) {
  if (response.status >= 200 && response.status < 300) return std::nullopt;
  const auto wait = retry_after(response, now);
  Error error{code_for(response.status, repeatable, wait.has_value()),
              "the channel answered HTTP " + std::to_string(response.status),
              {},
              "http_" + std::to_string(response.status)};
  if (error.code == ErrorCode::rate_limited || error.code == ErrorCode::unavailable) {
    error.retry_after = wait;
  }
  return error;
}

std::string without_secrets(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string{url};
  const std::size_t host = scheme + 3;
  const std::size_t path = std::min(url.find('/', host), url.size());
  const std::size_t user_end = url.substr(0, path).rfind('@');
  std::string out{url.substr(0, host)};
  const bool has_user = user_end != std::string_view::npos && user_end >= host;
  out += url.substr(has_user ? user_end + 1 : host);
  return out;
}

}  // namespace connectors::common
