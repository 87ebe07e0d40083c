#pragma once
// Reads an account's options and remembers the first that cannot be used: `invalid`, naming the
// option and never its value. Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "connectors/common/rate_limiter.h"
#include "connectors/common/rest_client.h"
#include "connectors/factory.h"

namespace connectors::carriers {

class OptionReader {
 public:
  explicit OptionReader(const Settings& settings) : settings_(settings) {}

  std::string text(const std::string& name, std::string_view fallback = {}) const;
  std::string required(const std::string& name);
  std::int64_t number(const std::string& name, std::int64_t fallback, std::int64_t least,
                      std::int64_t most);
  void complain(const std::string& name, const std::string& what);
  const std::optional<base::Error>& problem() const { return problem_; }

  // base_url, proxy, ca_file
  common::RestConfig rest(std::string_view base_url_fallback) const;
  // calls_per_second, burst: whole numbers
  common::RateConfig rate();

 private:
  const Settings& settings_;
  std::optional<base::Error> problem_;
};

}  // namespace connectors::carriers
