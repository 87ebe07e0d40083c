#include "connectors/lazada/options.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace connectors::lazada {

namespace {

constexpr double kCallsPerSecondMax = 1'000;
constexpr std::int64_t kBurstMax = 1'000;
constexpr std::int64_t kSideCmMax = 300;
constexpr std::string_view kDefaultBaseUrl = "https://api.lazada.vn/rest";
constexpr std::string_view kVendorHosts = "https://api.lazada.";
constexpr std::string_view kVendorAuthUrl = "https://auth.lazada.com/rest";
constexpr std::string_view kAttributePrefix = "attribute.";

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

  std::string url(const std::string& name, std::string_view fallback) const {
    auto value = text(name);
    if (value.empty()) value = fallback;
    while (value.ends_with('/')) value.pop_back();
    return value;
  }

  std::int64_t number(const std::string& name, std::string_view digits, std::int64_t least,
                      std::int64_t most) {
    std::int64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, value);
    if (failure != std::errc{} || stop != end || value < least || value > most) {
      complain(name, "must hold whole numbers from " + std::to_string(least) + " to " +
                         std::to_string(most));
    }
    return value;
  }

  std::size_t count(const std::string& name, std::size_t fallback, std::size_t most) {
    const auto digits = text(name);
    if (digits.empty()) return fallback;
    return static_cast<std::size_t>(number(name, digits, 1, static_cast<std::int64_t>(most)));
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

  // "20x15x10"
  PackageSize package(const std::string& name) {
    PackageSize size;
    const auto sides = text(name);
    if (sides.empty()) return size;
    const std::string_view whole{sides};
    const std::size_t first = whole.find('x');
    const std::size_t second = first == std::string::npos ? first : whole.find('x', first + 1);
    if (second == std::string::npos) {
      complain(name, "must look like 20x15x10");
      return size;
    }
    size.length_cm = side(name, whole.substr(0, first));
    size.width_cm = side(name, whole.substr(first + 1, second - first - 1));
    size.height_cm = side(name, whole.substr(second + 1));
    return size;
  }

  std::vector<std::pair<std::string, std::string>> attributes() {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& [name, value] : settings_.options) {
      if (!name.starts_with(kAttributePrefix)) continue;
      const auto attribute = name.substr(kAttributePrefix.size());
      if (!is_element_name(attribute)) complain(name, "does not name an attribute");
      out.emplace_back(attribute, value);
    }
    return out;
  }

  template <typename Choice>
  Choice choice(const std::string& name, Choice fallback,
                std::initializer_list<std::pair<std::string_view, Choice>> words) {
    const auto value = text(name);
    if (value.empty()) return fallback;
    std::string known;
    for (const auto& [word, meaning] : words) {
      if (value == word) return meaning;
      known += (known.empty() ? "" : ", ") + std::string{word};
    }
    complain(name, "must be one of " + known);
    return fallback;
  }

  std::string element(const std::string& name) {
    const auto value = text(name);
    if (!value.empty() && !is_element_name(value)) complain(name, "does not name an attribute");
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
  int side(const std::string& name, std::string_view digits) {
    return static_cast<int>(number(name, digits, 1, kSideCmMax));
  }

  static bool is_element_name(std::string_view name) {
    const auto letter = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), inner);
  }

  const Settings& settings_;
  std::optional<base::Error> problem_;
};

}  // namespace

namespace {

// Lazada's own token host serves every country; any other gateway answers for itself.
std::string default_auth_url(const std::string& base_url) {
  return base_url.starts_with(kVendorHosts) ? std::string{kVendorAuthUrl} : base_url;
}

std::string default_consent_url(std::string auth_url) {
  constexpr std::string_view kRest = "/rest";
  if (auth_url.ends_with(kRest)) auth_url.resize(auth_url.size() - kRest.size());
  return auth_url + "/oauth/authorize";
}

void read_choices(Reader& reader, Options& options) {
  options.variants =
      reader.choice("variants", options.variants,
                    {{"grouped", Variants::grouped}, {"separate", Variants::separate}});
  options.variant_attribute = reader.element("variant_attribute");
  options.fulfilment =
      reader.choice("fulfilment", options.fulfilment,
                    {{"current", FulfilmentCalls::current}, {"legacy", FulfilmentCalls::legacy}});
  options.price_jump = reader.choice(
      "price_jump", options.price_jump,
      {{"step", PriceJump::step}, {"reject", PriceJump::reject}, {"send", PriceJump::send}});
  options.label =
      reader.choice("label", options.label, {{"pdf", LabelForm::pdf}, {"html", LabelForm::html}});
}

}  // namespace

base::Result<Options> read_options(const Settings& settings) {
  Reader reader{settings};
  Options options;
  options.account = settings.account.text;
  options.app_key = reader.required("app_key");
  options.app_secret = reader.required("app_secret");
  options.auth_code = reader.text("auth_code");
  options.base_url = reader.url("base_url", kDefaultBaseUrl);
  options.auth_url = reader.url("auth_url", default_auth_url(options.base_url));
  options.consent_url = reader.url("consent_url", default_consent_url(options.auth_url));
  options.proxy = reader.text("proxy");
  options.ca_file = reader.text("ca_file");
  options.rate.per_second = reader.rate("calls_per_second", options.rate.per_second);
  options.app_calls_per_second = reader.rate("app_calls_per_second", 0);
  options.rate.burst = static_cast<int>(
      reader.count("burst", static_cast<std::size_t>(options.rate.burst), kBurstMax));
  if (const auto brand = reader.text("brand"); !brand.empty()) options.brand = brand;
  options.brand_id = reader.text("brand_id");
  options.attributes = reader.attributes();
  options.package = reader.package("package_cm");
  options.page_size = reader.count("page_size", options.page_size, kOrderPageMax);
  options.stock_batch = reader.count("stock_batch", options.stock_batch, kBatchMax);
  read_choices(reader, options);
  if (reader.problem()) return *reader.problem();
  return options;
}

}  // namespace connectors::lazada
