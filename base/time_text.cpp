#include "base/time_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace base {
namespace {

using namespace std::chrono;

struct Civil {
  year_month_day date;
  hh_mm_ss<milliseconds> time;
};

Civil civil(Instant at, minutes offset) {
  const auto shifted = at + offset;
  const auto day = floor<days>(shifted);
  return {year_month_day{day}, hh_mm_ss<milliseconds>{shifted - day}};
}

std::string date_text(const Civil& c) {
  return fmt::format("{:04}-{:02}-{:02}", int{c.date.year()}, unsigned{c.date.month()},
                     unsigned{c.date.day()});
}

std::string clock_text(const Civil& c) {
  return fmt::format("{:02}:{:02}:{:02}", c.time.hours().count(), c.time.minutes().count(),
                     c.time.seconds().count());
}

// Reads text from the left; every step reports whether it matched.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool number(int& out, std::size_t digits_min, std::size_t digits_max) {
    std::size_t count = 0;
    while (count < rest_.size() && count < digits_max && rest_[count] >= '0' && rest_[count] <= '9')
      ++count;
    if (count < digits_min) return false;
    std::from_chars(rest_.data(), rest_.data() + count, out);
    rest_.remove_prefix(count);
    return true;
  }
  bool one_of(std::string_view set) {
    if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return false;
    taken_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  char taken() const { return taken_; }
  bool done() const { return rest_.empty(); }
  std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    return count;
  }

 private:
  std::string_view rest_;
  char taken_ = 0;
};

std::optional<Instant> assemble(const std::array<int, 3>& ymd, const std::array<int, 4>& hmsf,
                                minutes offset) {
  const year_month_day date{year{ymd[0]}, month{static_cast<unsigned>(ymd[1])},
                            day{static_cast<unsigned>(ymd[2])}};
  if (!date.ok() || hmsf[0] > 23 || hmsf[1] > 59 || hmsf[2] > 60) return std::nullopt;
  return Instant{sys_days{date}} + hours{hmsf[0]} + minutes{hmsf[1]} + seconds{hmsf[2]} +
         milliseconds{hmsf[3]} - offset;
}

bool scan_clock(Scanner& in, std::array<int, 4>& hmsf) {
  if (!in.number(hmsf[0], 1, 2) || !in.one_of(":") || !in.number(hmsf[1], 2, 2)) return false;
  if (in.one_of(":") && !in.number(hmsf[2], 2, 2)) return false;
  if (in.one_of(".,")) {
    const auto digits = in.digits_ahead();
    if (digits == 0 || digits > 9 || !in.number(hmsf[3], 1, 3)) return false;
    for (auto width = digits; width < 3; ++width) hmsf[3] *= 10;
    int ignored = 0;
    if (digits > 3 && !in.number(ignored, 1, 6)) return false;
  }
  return true;
}

}  // namespace

std::string utc_iso(Instant at) {
  return utc_iso_no_zone(at) + "Z";
}

std::string utc_iso_no_zone(Instant at) {
  const auto c = civil(at, minutes{0});
  return date_text(c) + "T" + clock_text(c);
}

std::string local_iso(Instant at) {
  const auto c = civil(at, kVietnamOffset);
  return date_text(c) + "T" + clock_text(c) + "+07:00";
}

std::string local_minute(Instant at) {
  const auto c = civil(at, kVietnamOffset);
  return fmt::format("{:02}/{:02}/{:04} {:02}:{:02}", unsigned{c.date.day()},
                     unsigned{c.date.month()}, int{c.date.year()}, c.time.hours().count(),
                     c.time.minutes().count());
}

std::string local_date(Instant at) {
  return date_text(civil(at, kVietnamOffset));
}

std::optional<Instant> parse_iso(std::string_view text, minutes offset_if_absent) {
  Scanner in(text);
  std::array<int, 3> ymd{};
  std::array<int, 4> hmsf{};
  if (!in.number(ymd[0], 4, 4) || !in.one_of("-") || !in.number(ymd[1], 2, 2) || !in.one_of("-") ||
      !in.number(ymd[2], 2, 2) || !in.one_of("T ") || !scan_clock(in, hmsf)) {
    return std::nullopt;
  }
  if (in.done()) return assemble(ymd, hmsf, offset_if_absent);
  if (in.one_of("Z")) return in.done() ? assemble(ymd, hmsf, minutes{0}) : std::nullopt;
  in.one_of(" ");
  if (!in.one_of("+-")) return std::nullopt;
  const int sign = in.taken() == '-' ? -1 : 1;
  int hour = 0;
  int minute = 0;
  if (!in.number(hour, 2, 2)) return std::nullopt;
  in.one_of(":");
  if (!in.number(minute, 2, 2) || !in.done() || hour > 14 || minute > 59) return std::nullopt;
  return assemble(ymd, hmsf, minutes{sign * (hour * 60 + minute)});
}

std::optional<Instant> parse_local(std::string_view text) {
  Scanner in(text);
  std::array<int, 3> ymd{};
  std::array<int, 4> hmsf{};
  if (in.digits_ahead() == 4) {
    if (!in.number(ymd[0], 4, 4) || !in.one_of("-/") || !in.number(ymd[1], 1, 2) ||
        !in.one_of("-/") || !in.number(ymd[2], 1, 2)) {
      return std::nullopt;
    }
  } else if (!in.number(ymd[2], 1, 2) || !in.one_of("-/.") || !in.number(ymd[1], 1, 2) ||
             !in.one_of("-/.") || !in.number(ymd[0], 4, 4)) {
    return std::nullopt;
  }
  if (!in.done() && (!in.one_of(" T") || !scan_clock(in, hmsf) || !in.done())) return std::nullopt;
  return assemble(ymd, hmsf, kVietnamOffset);
}

}  // namespace base
