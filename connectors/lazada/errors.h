#pragma once
// Lazada's codes in our words: one table, in errors.cpp.
//
// A code is a word of the gateway ("IllegalAccessToken") or a number of the back end ("501"), as
// text or as a JSON number. `type` (ISV, ISP, SYSTEM) is documented in three ways and not read.
// An unknown code of a read is `protocol`; of a write it is `rejected`: any code but "0" is
// Lazada's documented refusal. The raw code stays in Error::vendor_code.
// Nothing here throws. Threads: safe.
// Source: Lazada Open Platform, error tables as of 2026-04-21.
#include <string_view>

#include "base/clock.h"
#include "base/error.h"

namespace connectors::lazada {

enum class Nature {
  read,
  write_again,  // a second arrival changes nothing
  write_once,   // a second arrival is a second effect
};

base::Error translate(std::string_view code, std::string_view message, Nature nature,
                      base::Instant now);
// One row of `detail`: mostly words.
base::Error refusal(std::string_view code, std::string_view message);

// The access token is dead: refresh once, then ask once more.
bool is_dead_token(std::string_view code);
// About the goods of this call alone; anything else would meet the next call as well.
bool concerns_the_goods(const base::Error& error);

}  // namespace connectors::lazada
