#include "app/wiring.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/text.h"
#include "connectors/common/json.h"
#include "connectors/common/worksheet/file_market.h"
#include "connectors/lazada/connector.h"
#include "connectors/postmart/connector.h"
#include "connectors/provincial/connector.h"
#include "connectors/shopee/connector.h"
#include "connectors/voso/connector.h"
#include "jobs/content.h"

namespace app {
namespace {

using Options = std::map<std::string, std::string>;
using Make = base::Result<std::unique_ptr<connectors::Connector>> (*)(
    const connectors::Settings&, const connectors::Environment&);

// A new channel is one line here and one folder in connectors/.
const std::map<std::string, Make>& registry() {
  static const std::map<std::string, Make> makers = {
      {"lazada", &connectors::lazada::make},
      {"postmart", &connectors::postmart::make},
      {"provincial", &connectors::provincial::make},
      {"shopee", &connectors::shopee::make},
      {"voso", &connectors::voso::make},
  };
  return makers;
}

// Takes an option of ours out of those that go on to the connector.
std::string take(Options& options, const std::string& key, const std::string& fallback = "") {
  const auto found = options.find(key);
  if (found == options.end()) return fallback;
  auto value = found->second;
  options.erase(found);
  return value;
}

std::int64_t take_number(Options& options, const std::string& account, const std::string& key,
                         std::int64_t fallback, std::int64_t most) {
  const auto text = take(options, key);
  if (text.empty()) return fallback;
  std::int64_t value = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end || value < 0 || value > most) {
    throw std::runtime_error("account." + account + "." + key +
                             " must be a whole number from 0 to " + std::to_string(most));
  }
  return value;
}

jobs::Timing take_timing(Options& options, const std::string& account) {
  constexpr std::int64_t kWeek = 7 * 24 * 3'600;
  jobs::Timing timing;
  const auto seconds = [&](const char* key, base::Millis fallback) {
    return base::Millis{1'000 *
                        take_number(options, account, key, fallback.count() / 1'000, kWeek)};
  };
  timing.lag = seconds("lag_s", timing.lag);
  timing.settle = seconds("settle_s", timing.settle);
  timing.overlap = seconds("overlap_s", timing.overlap);
  timing.clock_skew = seconds("clock_skew_s", timing.clock_skew);
  timing.write_lands_within = seconds("write_lands_within_s", timing.write_lands_within);
  return timing;
}

catalog::Account take_account(Options& options, const std::string& name) {
  catalog::Account account;
  account.id = catalog::AccountId{name};
  account.channel = take(options, "channel", name);
  account.shop_name = take(options, "shop_name", name);
  const auto status = take(options, "status", "active");
  const auto known = catalog::channel_status_from(status);
  if (!known) {
    throw std::runtime_error("account." + name +
                             ".status must be active, paused, renamed or closed");
  }
  account.status = *known;
  auto& rule = account.price_rule;
  rule.markup_permille = static_cast<int>(take_number(options, name, "markup_permille", 0, 2'000));
  rule.round_up_to = take_number(options, name, "round_up_to", 1, 1'000'000);
  rule.jump_percent_max =
      static_cast<int>(take_number(options, name, "price_jump_percent_max", 60, 100'000));
  account.share_weight = static_cast<int>(take_number(options, name, "share_weight", 1, 1'000));
  return account;
}

// A shop without keys to its channel's API works by files.
bool take_by_files(Options& options, const std::string& account) {
  const auto word = take(options, "orders_by", "api");
  if (word == "api" || word == "file") return word == "file";
  throw std::runtime_error("account." + account + ".orders_by must be api or file");
}

std::string read_map_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read the map " + path);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// "# version 2026-11-24" on the first line.
std::string version_of(std::string_view text) {
  constexpr std::string_view kMark = "# version ";
  if (!text.starts_with(kMark)) return {};
  text.remove_prefix(kMark.size());
  return std::string(base::trim(text.substr(0, text.find('\n'))));
}

connectors::ChannelMaps take_maps(Options& options) {
  connectors::ChannelMaps maps;
  if (const auto path = take(options, "category_map"); !path.empty()) {
    const auto text = read_map_file(path);
    auto categories = connectors::parse_category_map(path, text);
    if (!categories) throw std::runtime_error(categories.error().message);
    maps.categories = std::move(categories).value();
    maps.version = version_of(text);
  }
  if (const auto path = take(options, "attribute_map"); !path.empty()) {
    auto attributes = connectors::parse_attribute_map(path, read_map_file(path));
    if (!attributes) throw std::runtime_error(attributes.error().message);
    maps.attributes = std::move(attributes).value();
  }
  return maps;
}

std::vector<jobs::Offer> take_offers(Options& options) {
  const auto path = take(options, "campaign_file");
  if (path.empty()) return {};
  auto offers = jobs::parse_offers(path, read_map_file(path));
  if (!offers) throw std::runtime_error(offers.error().message);
  return std::move(offers).value();
}

// The members of the credentials file that belong to the channel, as text.
void merge_credentials(Options& options, const std::string& channel) {
  namespace cc = connectors::common;
  const auto path = take(options, "credentials_file");
  if (path.empty()) return;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read the credentials file " + path);
  std::stringstream bytes;
  bytes << file.rdbuf();
  const auto json = cc::parse_json(bytes.str());
  if (!json) throw std::runtime_error("the credentials file " + path + " is no JSON");
  const auto* member = cc::child(json.value(), channel);
  if (member == nullptr || !member->is_object()) {
    throw std::runtime_error("the credentials file " + path + " says nothing of " + channel);
  }
  for (const auto& [name, value] : member->as_object()) {
    options.emplace(name, cc::text_of(value));
  }
}

}  // namespace

std::vector<std::string> known_channels() {
  std::vector<std::string> out;
  for (const auto& [name, make] : registry()) out.push_back(name);
  return out;
}

Wiring::Wiring(const config::Settings& settings, Access access, jobs::Observer& observer) {
  const auto database = settings.text("database");
  if (access == Access::read_write) {
    store_ = std::make_unique<storage::SqliteStore>(database, clock_);
    key_ = std::make_unique<SealKey>(settings.text("key_file"));
  } else {
    store_ = storage::SqliteStore::open_read_only(database);
    // Who only looks makes no key; without one there is no session to look into either.
    const auto key_file = settings.text("key_file");
    if (std::filesystem::exists(key_file)) key_ = std::make_unique<SealKey>(key_file);
  }
  pace_ = std::make_unique<StoredPace>(*store_);
  paces_ = std::make_unique<connectors::common::PaceBook>(clock_, pace_.get());
  services_ = std::make_unique<jobs::Services>(
      jobs::Services{*store_, clock_, observer, {}, settings.text("image_root")});
  if (key_) {
    sealer_ = std::make_unique<KeySealer>(*key_);
    services_->sealer = sealer_.get();
  }
  for (const auto& name : settings.accounts()) add_account(settings, name, access);
  for (const auto& name : settings.carriers()) add_carrier(settings, name);
}

void Wiring::remember(const catalog::Account& account) {
  store_->write([&](jobs::Tables& tables) {
    if (tables.catalog.listings.put(account) == catalog::Put::inserted) {
      // Orders from before the shop was connected are not ours to count.
      tables.cursors.put(account.id, {clock_.now(), {}, {}});
    }
  });
}

void Wiring::add_account(const config::Settings& settings, const std::string& name, Access access) {
  auto options = settings.account(name);
  const auto account = take_account(options, name);
  const auto timing = take_timing(options, name);
  auto maps = take_maps(options);
  auto offers = take_offers(options);
  auto hook_url = take(options, "hook_url");
  const bool by_files = take_by_files(options, name);
  if (access == Access::read_write) remember(account);
  if (account.status != catalog::ChannelStatus::active) {
    broken_[name] = std::string(catalog::to_string(account.status));
    return;
  }
  const auto maker = registry().find(account.channel);
  if (maker == registry().end()) {
    throw std::runtime_error("account." + name + ".channel: no channel is called \"" +
                             account.channel + "\"");
  }
  if (!key_) return;
  try {
    merge_credentials(options, account.channel);
  } catch (const std::runtime_error& problem) {
    broken_[name] = problem.what();
    return;
  }
  vaults_.push_back(std::make_unique<SessionVault>(*store_, *key_, account.id));
  uploads_.push_back(std::make_unique<StoredUploads>(*store_, clock_, account.id));
  const connectors::Settings own{account.id, std::move(options)};
  auto made = by_files ? connectors::common::make_file_market(account.channel, own)
                       : maker->second(own, {clock_, *vaults_.back(), waiter_, paces_.get(),
                                             uploads_.back().get()});
  if (!made) {
    broken_[name] = made.error().message;
    return;
  }
  services_->channels.push_back({account.id, std::move(made).value(), timing, std::move(maps),
                                 std::move(hook_url), std::move(offers)});
  if (access == Access::read_write) ask_for_new_maps(services_->channels.back());
}

// The map files are not as they were when the listings were made: a job compares them.
void Wiring::ask_for_new_maps(const jobs::Channel& channel) {
  if (channel.connector->capabilities().delivery != connectors::Delivery::api) return;
  const auto fingerprint = jobs::fingerprint_of(channel.maps);
  bool due = false;
  store_->read([&](jobs::Tables& tables) {
    due = tables.maps.applied(channel.account) != fingerprint &&
          !tables.catalog.listings.listings(channel.account, {}, 1).empty();
  });
  if (!due) return;
  store_->write([&](jobs::Tables& tables) {
    tables.jobs.enqueue({jobs::JobKind::publish_listings, channel.account, {}, clock_.now()},
                        clock_.now());
  });
}

// Jobs, sessions and hooks are kept by name, so that no carrier may be called like a shop.
void Wiring::add_carrier(const config::Settings& settings, const std::string& name) {
  const auto shops = settings.accounts();
  if (std::find(shops.begin(), shops.end(), name) != shops.end()) {
    throw std::runtime_error("carrier." + name + ": a shop is called so already");
  }
  auto options = settings.carrier(name);
  const auto& setup = carriers_.emplace(name, take_carrier_setup(options, name)).first->second;
  if (!key_) return;
  const catalog::AccountId id{name};
  try {
    merge_credentials(options, setup.kind);
  } catch (const std::runtime_error& problem) {
    broken_[name] = problem.what();
    return;
  }
  vaults_.push_back(std::make_unique<SessionVault>(*store_, *key_, id));
  auto made =
      make_carrier(setup.kind, {id, std::move(options)}, {clock_, *vaults_.back(), waiter_});
  if (!made) {
    broken_[name] = made.error().message;
    return;
  }
  services_->carriers.push_back({id, setup.kind, setup.name, std::move(made).value()});
}

}  // namespace app
