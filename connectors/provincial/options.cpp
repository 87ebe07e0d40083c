#include "connectors/provincial/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "connectors/common/hmac.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;

constexpr long kCallsPerSecondMax = 1'000;
constexpr std::size_t kStatusBytesMax = 20;  // of WordPress
constexpr std::array<std::string_view, 7> kOtherStatuses = {
    "pending", "processing", "on-hold", "cancelled", "refunded", "failed", "trash"};

class Reader {
 public:
  explicit Reader(const Settings& settings) : settings_(settings) {}

  std::string text(const std::string& name) const {
    const auto found = settings_.options.find(name);
    if (found == settings_.options.end()) return {};
    return std::string(base::trim(found->second));
  }
  std::string required(const std::string& name) {
    auto value = text(name);
    if (value.empty()) fail(name, "is missing");
    return value;
  }
  std::string url(const std::string& name) {
    auto value = text(name);
    while (value.ends_with('/')) value.pop_back();
    const bool web = value.starts_with("https://") || value.starts_with("http://");
    if (!value.empty() && !web) fail(name, "must start with https://");
    return value;
  }
  long number(const std::string& name, long fallback, long most) {
    const auto value = text(name);
    if (value.empty()) return fallback;
    long out = 0;
    const auto* end = value.data() + value.size();
    const auto [stop, failure] = std::from_chars(value.data(), end, out);
    if (failure != std::errc{} || stop != end || out < 1 || out > most) {
      fail(name, "must be a whole number from 1 to " + std::to_string(most));
      return fallback;
    }
    return out;
  }
  bool yes(const std::string& name, const char* fallback = "no") {
    const auto given = text(name);
    const auto value = given.empty() ? std::string(fallback) : given;
    if (value == "no" || value == "false" || value == "0") return false;
    if (value != "yes" && value != "true" && value != "1") fail(name, "must be yes or no");
    return true;
  }
  // The store's own word for a status, "wc-" removed; none that means something else already.
  std::string shipped_status(const std::string& name, const std::string& fallback) {
    auto value = text(name);
    if (value.empty()) return fallback;
    if (value.starts_with("wc-")) value.erase(0, 3);
    const bool word =
        value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos &&
        value.size() <= kStatusBytesMax && !value.empty();
    const bool taken =
        std::find(kOtherStatuses.begin(), kOtherStatuses.end(), value) != kOtherStatuses.end();
    if (!word || taken) fail(name, "must be a status of the store that means \"sent\"");
    return value;
  }
  // WordPress rewrites what looks like HTML, and then signs with something else.
  std::string webhook_secret(const std::string& name) {
    auto value = text(name);
    if (value.find_first_of("<>&\"'\\") != std::string::npos) {
      fail(name, "must not hold any of < > & \" ' \\");
    }
    return value;
  }
  // "tag:Name", "category:Name"; a name alone is a tag's.
  std::string collection(const std::string& name) {
    const auto value = text(name);
    const auto colon = value.find(':');
    if (value.empty()) return value;
    if (colon == std::string::npos) return "tag:" + value;
    const auto kind = value.substr(0, colon);
    if (kind != "tag" && kind != "category") fail(name, "must be tag:NAME or category:NAME");
    return kind + ":" + std::string(base::trim(std::string_view(value).substr(colon + 1)));
  }
  const std::optional<Error>& problem() const { return problem_; }

 private:
  void fail(const std::string& name, const std::string& what) {
    if (problem_) return;
    problem_ = Error{ErrorCode::invalid,
                     "account " + settings_.account.text + ": option " + name + " " + what,
                     {},
                     {}};
  }

  const Settings& settings_;
  std::optional<Error> problem_;
};

}  // namespace

base::Result<Options> read_options(const Settings& settings) {
  Reader read(settings);
  Options options;
  read.required("base_url");
  options.base_url = read.url("base_url");
  options.consumer_key = read.required("consumer_key");
  options.consumer_secret = read.required("consumer_secret");
  options.rest_route = read.yes("rest_route");
  options.oauth1_over_plain_http = read.yes("oauth1_over_plain_http");
  options.variations = read.yes("variations", "yes");
  options.create_categories = read.yes("create_categories");
  options.collection = read.collection("collection");
  options.images_base_url = read.url("images_base_url");
  options.proxy = read.text("proxy");
  options.ca_file = read.text("ca_file");
  options.page_size = static_cast<std::size_t>(
      read.number("page_size", static_cast<long>(kPageMax), static_cast<long>(kPageMax)));
  options.calls_per_second = static_cast<int>(
      read.number("calls_per_second", options.calls_per_second, kCallsPerSecondMax));
  options.shipped_status = read.shipped_status("shipped_status", options.shipped_status);
  options.webhook_secret = read.webhook_secret("webhook_secret");
  if (read.problem()) return *read.problem();
  // Always the same for the same keys, and tells nothing of them.
  if (options.webhook_secret.empty()) {
    options.webhook_secret = common::hmac_sha256_hex(options.consumer_secret, "nongsan webhooks");
  }
  return options;
}

std::string store_name(const Options& options) {
  const auto scheme = options.base_url.find("://");
  return scheme == std::string::npos ? options.base_url : options.base_url.substr(scheme + 3);
}

}  // namespace connectors::provincial
