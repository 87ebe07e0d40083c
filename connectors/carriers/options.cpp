#include "connectors/carriers/options.h"

#include <charconv>

#include "base/text.h"

namespace connectors::carriers {

std::string OptionReader::text(const std::string& name, std::string_view fallback) const {
  const auto found = settings_.options.find(name);
  auto value =
      found == settings_.options.end() ? std::string{} : std::string{base::trim(found->second)};
  return value.empty() ? std::string{fallback} : value;
}

std::string OptionReader::required(const std::string& name) {
  auto value = text(name);
  if (value.empty()) complain(name, "is missing");
  return value;
}

std::int64_t OptionReader::number(const std::string& name, std::int64_t fallback,
                                  std::int64_t least, std::int64_t most) {
  const auto digits = text(name);
  if (digits.empty()) return fallback;
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, value);
  if (failure == std::errc{} && stop == end && value >= least && value <= most) return value;
  complain(name,
           "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return fallback;
}

void OptionReader::complain(const std::string& name, const std::string& what) {
  if (problem_) return;
  problem_ = base::Error{base::ErrorCode::invalid,
                         "account " + settings_.account.text + ": option " + name + " " + what,
                         {},
                         {}};
}

common::RestConfig OptionReader::rest(std::string_view base_url_fallback) const {
  common::RestConfig config;
  config.base_url = text("base_url", base_url_fallback);
  while (config.base_url.ends_with('/')) config.base_url.pop_back();
  config.proxy = text("proxy");
  config.ca_file = text("ca_file");
  return config;
}

common::RateConfig OptionReader::rate() {
  constexpr std::int64_t kDefault = 5;
  constexpr std::int64_t kMost = 1'000;
  const auto per_second = number("calls_per_second", kDefault, 1, kMost);
  const auto burst = number("burst", kDefault, 1, kMost);
  return {static_cast<double>(per_second), static_cast<int>(burst)};
}

}  // namespace connectors::carriers
