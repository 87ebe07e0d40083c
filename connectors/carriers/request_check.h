#pragma once
// What every carrier needs of a request before anything leaves, and texts cut to a carrier's bytes.
// Nothing here throws. Threads: safe.
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "connectors/carriers/carrier.h"

namespace connectors::carriers {

enum class Purpose { quote, create };

inline constexpr std::int64_t kWeightMaxG = 1'000'000;

// `invalid`, naming the member and never its value.
std::optional<base::Error> problem_with(const ShipmentRequest& request, Purpose purpose);

// A carrier's refusal may quote what it refuses. People's names, phones and addresses are taken out
// of it, and so is any run of nine digits or more.
base::Error without_people(base::Error error, const ShipmentRequest& request);

// At most `bytes_max` bytes, cut between code points.
std::string cut(std::string_view text, std::size_t bytes_max);

// "24/11/2026 08:02:03", "24-11-2026 …", "2026-11-24T08:02:03", all of them Vietnam's time.
std::optional<base::Instant> local_time(std::string_view text);

}  // namespace connectors::carriers
