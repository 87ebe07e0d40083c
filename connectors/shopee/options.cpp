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
constexpr std::string_view kFeaturedCategory = "Nông sản tiêu biểu";
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

// One of two words; `first` when the option is absent.
bool is_first(Reader& reader, const std::string& name, std::string_view first,
              std::string_view second) {
  const auto word = reader.text(name);
  if (!word.empty() && word != first && word != second) {
    reader.complain(name, "must be " + std::string{first} + " or " + std::string{second});
  }
  return word != second;
}

std::vector<std::string> read_list(const Reader& reader, const std::string& name) {
  std::vector<std::string> out;
  const auto list = reader.text(name);
  std::string_view rest = list;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const auto one = base::trim(rest.substr(0, comma));
    if (!one.empty()) out.emplace_back(one);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return out;
}

// The page without a signature lives on another host; a local base URL serves its own.
std::string consent_page(const Reader& reader, const std::string& base_url) {
  struct Row {
    std::string_view host;
    std::string_view page;
  };
  constexpr Row kPages[] = {
      {"https://partner.shopeemobile.com", "https://open.shopee.com/auth"},
      {"https://openplatform.shopee.cn", "https://open.shopee.cn/auth"},
      {"https://openplatform.shopee.com.br", "https://open.shopee.com.br/auth"},
      {"https://openplatform.sandbox.test-stable.shopee.sg",
       "https://open.sandbox.test-stable.shopee.com/auth"},
      {"https://openplatform.sandbox.test-stable.shopee.cn",
       "https://open.sandbox.test-stable.shopee.cn/auth"}};
  if (auto given = reader.text("consent_url"); !given.empty()) return given;
  for (const auto& row : kPages) {
    if (row.host == base_url) return std::string{row.page};
  }
  return base_url + "/auth";
}

void read_selling(Reader& reader, Options& options) {
  options.grouped = is_first(reader, "variants", "grouped", "separate");
  options.location_id = reader.text("location_id");
  options.boost = is_first(reader, "boost", "on", "off");
  options.featured_category = reader.text("featured_category");
  if (options.featured_category.empty()) options.featured_category = kFeaturedCategory;
  options.push_keys = read_list(reader, "push_keys");
  if (auto key = reader.text("push_key"); !key.empty()) options.push_keys.push_back(std::move(key));
  if (options.push_keys.empty()) options.push_keys = {options.partner_key};
  options.dispute_email = reader.text("dispute_email");
  if (const auto reason = reader.text("dispute_reason_id"); !reason.empty()) {
    options.dispute_reason_id = reader.number("dispute_reason_id", reason, 1, INT64_MAX);
  }
}

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
  options.account = settings.account.text;
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
  options.app_calls_per_second = reader.rate("app_calls_per_second", 0);
  if (const auto burst = reader.text("burst"); !burst.empty()) {
    options.rate.burst = static_cast<int>(reader.number("burst", burst, 1, kBurstMax));
  }
  options.logistic_ids = read_ids(reader, "logistic_ids");
  if (const auto size = reader.text("page_size"); !size.empty()) {
    options.page_size = static_cast<std::size_t>(reader.number("page_size", size, 1, kPageMax));
  }
  options.consent_url = consent_page(reader, options.base_url);
  read_selling(reader, options);
  if (reader.problem()) return *reader.problem();
  return options;
}

}  // namespace connectors::shopee
