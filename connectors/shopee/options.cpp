#include "connectors/shopee/options.h"

#include <charconv>
#include <optional>
#include <utility>

#include "base/text.h"

namespace connectors::shopee {

namespace {

constexpr double kCallsPerSecondMax = 1'000;
constexpr std::int64_t kBurstMax = 1'000;
constexpr std::size_t kLogisticIdsMax = 20;
constexpr std::string_view kDefaultBaseUrl = "https://partner.shopeemobile.com";

// Remembers the first option that cannot be used.
class Reader {
 public:
  explicit Reader(const Settings& settings) : settings_(settings) {}

  std::string text(const std::string& name) const {
    const auto found = settings_.options.find(name);
    return found == settings_.options.end() ? std::string{}
                                            : std::string{base::trim(found->second)};
  }

  std::string required(const std::string& name) {
    auto value = text(name);
    if (value.empty()) complain(name, "is missing");
    return value;
  }

  std::int64_t number(const std::string& name, std::string_view digits, std::int64_t least,
                      std::int64_t most) {
    std::int64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, value);
    if (failure != std::errc{} || stop != end || value < least || value > most) {
      complain(name, "must be a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most));
    }
    return value;
  }

  double rate(const std::string& name, double fallback) {
    const auto digits = text(name);
    if (digits.empty()) return fallback;
    double value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, value);
    if (failure != std::errc{} || stop != end || !(value > 0) || value > kCallsPerSecondMax) {
      complain(name, "must be a number of calls above 0");
    }
    return value;
  }

  void complain(const std::string& name, const std::string& what) {
    if (problem_) return;
    problem_ = base::Error{base::ErrorCode::invalid,
                           "account " + settings_.account.text + ": option " + name + " " + what,
                           {},
                           {}};
  }

  const std::optional<base::Error>& problem() const { return problem_; }

 private:
  const Settings& settings_;
  std::optional<base::Error> problem_;
};

std::vector<std::int64_t> read_ids(Reader& reader, const std::string& name) {
  std::vector<std::int64_t> ids;
  const auto list = reader.text(name);
  std::string_view rest = list;
  while (!rest.empty() && !reader.problem()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    ids.push_back(reader.number(name, base::trim(rest.substr(0, comma)), 1, INT64_MAX));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (ids.size() > kLogisticIdsMax) reader.complain(name, "names too many channels");
  return ids;
}

}  // namespace

base::Result<Options> read_options(const Settings& settings) {
  constexpr std::int64_t kPartnerIdMax = 4'294'967'295;
  Reader reader{settings};
  Options options;
  options.partner_id = reader.number("partner_id", reader.required("partner_id"), 1, kPartnerIdMax);
  options.partner_key = reader.required("partner_key");
  options.shop_id = reader.number("shop_id", reader.required("shop_id"), 1, INT64_MAX);
  options.auth_code = reader.text("auth_code");
  options.base_url = reader.text("base_url");
  if (options.base_url.empty()) options.base_url = kDefaultBaseUrl;
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  if (const auto region = reader.text("region"); !region.empty()) options.region = region;
  options.proxy = reader.text("proxy");
  options.ca_file = reader.text("ca_file");
  options.rate.per_second = reader.rate("calls_per_second", options.rate.per_second);
  if (const auto burst = reader.text("burst"); !burst.empty()) {
    options.rate.burst = static_cast<int>(reader.number("burst", burst, 1, kBurstMax));
  }
  options.logistic_ids = read_ids(reader, "logistic_ids");
  if (const auto size = reader.text("page_size"); !size.empty()) {
    options.page_size = static_cast<std::size_t>(reader.number("page_size", size, 1, kPageMax));
  }
  if (reader.problem()) return *reader.problem();
  return options;
}

}  // namespace connectors::shopee
