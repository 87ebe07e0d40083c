#pragma once
// How fast a shop's calls may go at present, and what is left alone because it does not answer, in
// words and as JSON. Threads: one.
#include <string>
#include <vector>

#include "app/commands/support.h"
#include "jobs/store.h"

namespace app {

using Breakers = std::vector<jobs::PaceTable::NamedBreaker>;

// The least of what throttled answers have left of the configured rates, in percent.
int pace_percent(const std::vector<jobs::PaceTable::NamedBucket>& buckets,
                 const std::string& account);
std::string pace_words(const Invocation& in, const Breakers& breakers, int percent);
cc::Json breakers_json(const Breakers& breakers, base::Instant now);
// The channel does not answer: what is left alone, until when, and that nothing is lost by it.
void tell_of_breakers(Invocation& in, const std::string& account, const Breakers& breakers,
                      base::Instant now);

}  // namespace app
