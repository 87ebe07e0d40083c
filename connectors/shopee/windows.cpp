#include "connectors/shopee/windows.h"

#include <algorithm>
#include <charconv>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;

bool take_number(std::string_view& rest, std::int64_t& number) {
  const std::size_t at = std::min(rest.find(':'), rest.size());
  const auto digits = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, number);
  return failure == std::errc{} && stop == end;
}

base::Result<Window> start_of(const OrderQuery& query) {
  Window window;
  if (query.page_cursor.empty()) {
    window.from_s = base::to_unix_s(query.from);
    return window;
  }
  std::string_view rest = query.page_cursor;
  const bool read = take_number(rest, window.from_s) && take_number(rest, window.seconds) &&
                    take_number(rest, window.page);
  const bool sane = window.seconds >= 1 && window.seconds <= kPageWindowSecondsMax &&
                    window.page >= 0 && rest.empty();
  if (!read || !sane) return failed(ErrorCode::invalid, "the page cursor cannot be read");
  return window;
}

std::string to_text(const Window& window) {
  return std::to_string(window.from_s) + ":" + std::to_string(window.seconds) + ":" +
         std::to_string(window.page);
}

bool has_more(const common::Json& answer) {
  const auto* response = payload(answer);
  return response != nullptr && common::flag(*response, "more").value_or(false);
}

}  // namespace

base::Result<std::optional<WindowPage>> walk(const OrderQuery& query, const ListWindow& list) {
  constexpr std::int64_t kGrowth = 2;
  auto start = start_of(query);
  if (!start) return start.error();
  Window window = start.value();
  const std::int64_t end_s = base::to_unix_s(query.to + std::chrono::milliseconds{999});
  if (window.from_s >= end_s) return std::optional<WindowPage>{};
  while (true) {
    window.seconds = std::min(window.seconds, end_s - window.from_s);
    auto answer = list(window.from_s, window.from_s + window.seconds, window.page);
    if (!answer) return answer.error();
    const bool more = has_more(answer.value());
    if (more && window.page == 0 && window.seconds > 1) {
      window.seconds /= 2;
      continue;
    }
    WindowPage page{std::move(answer).value(), {}};
    if (more) {
      ++window.page;
      page.next_cursor = to_text(window);
    } else if (window.from_s + window.seconds < end_s) {
      // Whether a bound counts itself is not documented: windows share theirs, and the caller
      // stores a row twice without harm.
      page.next_cursor = to_text({window.from_s + window.seconds,
                                  std::min(window.seconds * kGrowth, kPageWindowSecondsMax), 0});
    }
    return std::optional<WindowPage>{std::move(page)};
  }
}

}  // namespace connectors::shopee
