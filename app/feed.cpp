#include "app/feed.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "connectors/channel_maps.h"

namespace app {
namespace {

std::int64_t number(const config::Settings& settings, const char* key, std::int64_t least,
                    std::int64_t most) {
  const auto value = settings.number(key, least, most);
  if (!value) throw std::runtime_error(value.error().message);
  return value.value();
}

std::string web_address(const config::Settings& settings, const char* key) {
  auto value = settings.text(key);
  if (!value.empty() && !value.starts_with("https://") && !value.starts_with("http://")) {
    throw std::runtime_error(std::string(key) + " must start with https://");
  }
  return value;
}

// "https://san.example.vn/p/{sku}" -> "https://san.example.vn/"
std::string site_of(const std::string& link_base) {
  const auto host = link_base.find("://");
  if (host == std::string::npos) return {};
  return link_base.substr(0, link_base.find('/', host + 3)) + "/";
}

// The words that buyers see in that shop.
std::map<std::string, std::string> category_names(const config::Settings& settings,
                                                  const std::string& account) {
  std::map<std::string, std::string> names;
  if (account.empty()) return names;
  const auto options = settings.account(account);
  if (options.empty()) {
    throw std::runtime_error("feed_account: there is no account \"" + account + "\"");
  }
  const auto path = options.find("category_map");
  if (path == options.end()) return names;
  std::ifstream file(path->second);
  if (!file) throw std::runtime_error("cannot read the map " + path->second);
  std::stringstream text;
  text << file.rdbuf();
  const auto map = connectors::parse_category_map(path->second, text.str());
  if (!map) throw std::runtime_error(map.error().message);
  for (const auto& [ours, remote] : map.value()) {
    if (!remote.remote_name.empty()) names[ours] = remote.remote_name;
  }
  return names;
}

}  // namespace

std::optional<FeedPlan> feed_plan(const config::Settings& settings) {
  constexpr std::int64_t kDayS = 86'400;
  constexpr std::int64_t kItemsMax = 1'000'000;
  FeedPlan plan;
  plan.path = settings.text("feed_path");
  if (plan.path.empty()) return std::nullopt;
  plan.options.link_base = web_address(settings, "feed_link_base");
  plan.options.images_base = web_address(settings, "feed_images_base");
  if (plan.options.link_base.empty()) {
    throw std::runtime_error("feed_link_base is missing: where is a product's page?");
  }
  plan.options.account = settings.text("feed_account");
  plan.options.category_names = category_names(settings, plan.options.account);
  plan.heading.title = settings.text("feed_title");
  plan.heading.link = site_of(plan.options.link_base);
  plan.heading.description = plan.heading.title;
  plan.brake.percent_max = static_cast<int>(number(settings, "feed_drop_percent_max", 0, 100));
  plan.brake.items_max = static_cast<std::size_t>(number(settings, "feed_drop_max", 0, kItemsMax));
  plan.every = std::chrono::seconds{number(settings, "feed_every_s", 1, 7 * kDayS)};
  return plan;
}

FeedRun write_feed(const FeedPlan& plan, jobs::Store& store, base::Instant now, feed::Force force) {
  feed::Gathered gathered;
  store.read(
      [&](jobs::Tables& tables) { gathered = feed::gather(tables.catalog, plan.options, now); });
  auto written = feed::publish(plan.path, plan.heading, gathered.items, plan.brake, force);
  return {std::move(gathered), std::move(written)};
}

}  // namespace app
