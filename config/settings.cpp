#include "config/settings.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <fstream>
#include <set>

#include "base/log.h"

namespace config {
namespace {

namespace po = boost::program_options;
using base::Error;
using base::ErrorCode;

constexpr std::string_view kAccountPrefix = "account.";
constexpr std::string_view kCarrierPrefix = "carrier.";
constexpr std::string_view kEnvironmentPrefix = "NONGSAN_";

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool in_section(std::string_view key) {
  return key.starts_with(kAccountPrefix) || key.starts_with(kCarrierPrefix);
}

// The second words of "prefix.NAME.key", sorted.
std::vector<std::string> names_under(const Settings::Map& entries, std::string_view prefix) {
  std::set<std::string> names;
  for (const auto& [key, entry] : entries) {
    if (!key.starts_with(prefix)) continue;
    const auto dot = key.find('.', prefix.size());
    if (dot == std::string::npos) continue;
    names.insert(key.substr(prefix.size(), dot - prefix.size()));
  }
  return {names.begin(), names.end()};
}

std::map<std::string, std::string> keys_under(const Settings::Map& entries,
                                              const std::string& prefix) {
  std::map<std::string, std::string> out;
  for (const auto& [key, entry] : entries) {
    if (key.starts_with(prefix)) out.emplace(key.substr(prefix.size()), entry.value);
  }
  return out;
}

bool is_known(std::string_view key) {
  const auto& keys = known_keys();
  return std::any_of(keys.begin(), keys.end(), [&](const auto& help) { return help.key == key; });
}

// "ACCOUNT_SHOPEE_SHOP_ID" -> "account.shopee.shop_id"; a section's name holds no "_" there.
std::string environment_key(std::string_view name) {
  auto key = lower(name);
  for (const auto prefix : {kAccountPrefix, kCarrierPrefix}) {
    const auto word = prefix.substr(0, prefix.size() - 1);
    if (!key.starts_with(std::string(word) + "_")) continue;
    key[word.size()] = '.';
    const auto end_of_name = key.find('_', prefix.size());
    if (end_of_name != std::string::npos) key[end_of_name] = '.';
  }
  return key;
}

base::Status read_file(const std::string& file, Settings::Map& into) {
  std::ifstream stream(file);
  if (!stream) return Error{ErrorCode::invalid, "cannot read the configuration " + file, {}, {}};
  const po::options_description none;
  try {
    const auto parsed = po::parse_config_file(stream, none, /*allow_unregistered=*/true);
    for (const auto& option : parsed.options) {
      const auto& key = option.string_key;
      if (!in_section(key) && !is_known(key)) {
        return Error{ErrorCode::invalid, file + ": unknown key \"" + key + "\"", {}, {}};
      }
      into.emplace(key, Entry{option.value.empty() ? "" : option.value.front(), file});
    }
  } catch (const po::error& wrong) {
    return Error{ErrorCode::invalid, file + ": " + wrong.what(), {}, {}};
  }
  return base::Done{};
}

}  // namespace

const std::vector<KeyHelp>& known_keys() {
  static const std::vector<KeyHelp> keys = {
      {"database", "var/nongsan.db", "the SQLite file; its folder must exist"},
      {"key_file", "var/nongsan.key",
       "seals channel tokens; made when missing, keep it off backups"},
      {"image_root", "", "folder that relative picture paths start from"},
      {"lang", "vi", "language of messages: vi or en"},
      {"log_file", "", "empty: stderr"},
      {"log_level", "warning", "debug, info, warning or error"},
      {"workers", "3", "jobs at a time, 1 to 16"},
      {"listen_address", "127.0.0.1", "of the daemon's HTTP server"},
      {"listen_port", "8181", "of the daemon's HTTP server; 0: any"},
      {"pull_every_s", "120", "seconds between order pulls of the daemon"},
      {"reconcile_every_s", "21600", "seconds between full checks of the daemon"},
      {"follow_parcels_every_s", "1800", "seconds between questions about parcels under way"},
      {"confirm_within_days", "3", "days after which an unconfirmed worksheet row is escalated"},
      {"nightly_at", "02:00", "local time of the nightly pull and check"},
      {"feed_path", "", "the product feed's file; .gz: as gzip; empty: no feed"},
      {"feed_title", "Nông sản", "the feed's own title"},
      {"feed_link_base", "", "a product's page; {sku} and {product} are replaced"},
      {"feed_images_base", "", "where the catalogue's picture files are on the web"},
      {"feed_account", "", "the shop whose prices, listings and category words the feed has"},
      {"feed_every_s", "3600", "seconds between the daemon's writings of the feed"},
      {"feed_drop_percent_max", "20", "share of the feed's items that may go unasked"},
      {"feed_drop_max", "3", "items that may go unasked, whatever the share"},
  };
  return keys;
}

base::Result<Settings> load(const std::map<std::string, std::string>& flags,
                            const std::vector<std::string>& environment, const std::string& file) {
  Settings::Map entries;
  for (const auto& [key, value] : flags) entries.emplace(key, Entry{value, "--" + key});
  for (const auto& variable : environment) {
    const auto equals = variable.find('=');
    if (equals == std::string::npos || !variable.starts_with(kEnvironmentPrefix)) continue;
    const auto name = variable.substr(0, equals);
    const auto key = environment_key(name.substr(kEnvironmentPrefix.size()));
    if (key == "config" || (!is_known(key) && !in_section(key))) continue;
    entries.emplace(key, Entry{variable.substr(equals + 1), name});
  }
  if (!file.empty()) {
    if (auto read = read_file(file, entries); !read) return read.error();
  }
  for (const auto& help : known_keys()) {
    entries.emplace(help.key, Entry{std::string(help.fallback), "default"});
  }
  return Settings(std::move(entries));
}

std::string Settings::text(std::string_view key) const {
  const auto found = entries_.find(std::string(key));
  return found == entries_.end() ? std::string{} : found->second.value;
}

base::Result<std::int64_t> Settings::number(std::string_view key, std::int64_t least,
                                            std::int64_t most) const {
  const auto found = entries_.find(std::string(key));
  const auto digits = found == entries_.end() ? std::string{} : found->second.value;
  std::int64_t value = 0;
  const auto end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, value);
  if (failure != std::errc{} || stop != end || digits.empty() || value < least || value > most) {
    return Error{ErrorCode::invalid,
                 std::string(key) + " must be a whole number from " + std::to_string(least) +
                     " to " + std::to_string(most) +
                     (found == entries_.end() ? "" : " (" + found->second.origin + ")"),
                 {},
                 {}};
  }
  return value;
}

std::vector<std::string> Settings::accounts() const {
  return names_under(entries_, kAccountPrefix);
}

std::map<std::string, std::string> Settings::account(const std::string& name) const {
  return keys_under(entries_, std::string(kAccountPrefix) + name + ".");
}

std::vector<std::string> Settings::carriers() const {
  return names_under(entries_, kCarrierPrefix);
}

std::map<std::string, std::string> Settings::carrier(const std::string& name) const {
  return keys_under(entries_, std::string(kCarrierPrefix) + name + ".");
}

bool is_secret(std::string_view key) {
  const auto dot = key.find_last_of('.');
  const auto name = dot == std::string_view::npos ? key : key.substr(dot + 1);
  if (name == "key_file" || name == "credentials_file") return false;
  return base::is_sensitive_field(name) || name.find("code") != std::string_view::npos;
}

}  // namespace config
