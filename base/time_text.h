#pragma once
// Instants as text. Vietnam has one civil zone, +07:00, without summer time; storage and logs are
// UTC, people and reports read local time. Nothing here throws. Threads: safe.
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace base {

inline constexpr std::chrono::minutes kVietnamOffset{7 * 60};

std::string utc_iso(Instant at);          // 2026-11-24T01:02:03Z
std::string utc_iso_no_zone(Instant at);  // 2026-11-24T01:02:03, for stores that mean GMT
std::string local_iso(Instant at);        // 2026-11-24T08:02:03+07:00
std::string local_minute(Instant at);     // 24/11/2026 08:02, as people read it
std::string local_date(Instant at);       // 2026-11-24

// Reads "YYYY-MM-DD[T ]HH:MM:SS[.fff]" followed by nothing, "Z", "+07:00", "+0700" or " +0700".
// Without a zone the text is taken at `offset_if_absent`.
std::optional<Instant> parse_iso(std::string_view text, std::chrono::minutes offset_if_absent);

// Reads "dd/MM/yyyy[ HH:mm[:ss]]", "dd-MM-yyyy …" or "yyyy-MM-dd[ HH:mm[:ss]]", local time.
std::optional<Instant> parse_local(std::string_view text);

}  // namespace base
