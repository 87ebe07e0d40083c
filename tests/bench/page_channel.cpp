#include "tests/bench/page_channel.h"

#include <algorithm>
#include <cstdio>

namespace bench {
namespace {

base::Error not_here() {
  return {base::ErrorCode::invalid, "this channel only has orders", {}, {}};
}

}  // namespace

PageChannel::PageChannel(std::vector<catalog::Order> orders, std::size_t orders_per_page) {
  for (std::size_t from = 0; from < orders.size(); from += orders_per_page) {
    const auto to = std::min(orders.size(), from + orders_per_page);
    auto& page = pages_.emplace_back();
    for (auto i = from; i < to; ++i) page.orders.push_back(std::move(orders[i]));
    if (to < orders.size()) page.next_cursor = std::to_string(pages_.size());
  }
}

base::Result<connectors::OrderPage> PageChannel::pull_orders(const connectors::OrderQuery& query) {
  const auto page = query.page_cursor.empty() ? 0 : std::stoul(query.page_cursor);
  return std::move(pages_.at(page));  // each is asked for once
}

base::Result<connectors::ShopInfo> PageChannel::test() {
  return not_here();
}
connectors::PublishReport PageChannel::publish(std::span<const connectors::ListingContent>) {
  return {{}, {}, {}, not_here()};
}
connectors::PushReport PageChannel::push_stock(std::span<const connectors::StockUpdate>) {
  return {{}, {}, not_here()};
}
connectors::PushReport PageChannel::push_prices(std::span<const connectors::PriceUpdate>) {
  return {{}, {}, not_here()};
}
base::Result<std::vector<connectors::RemoteListing>> PageChannel::read(
    std::span<const catalog::Binding>) {
  return not_here();
}
base::Result<connectors::ListingPage> PageChannel::list(const std::string&) {
  return not_here();
}
base::Result<std::optional<connectors::RemoteListing>> PageChannel::find(const catalog::Sku&) {
  return not_here();
}
base::Result<std::vector<std::string>> PageChannel::declare(
    const std::string&, std::span<const connectors::WorksheetLine>) {
  return not_here();
}

void Silence::notice(const catalog::AccountId& account, const base::Error& error) {
  std::fprintf(stderr, "%s: %s\n", account.text.c_str(), error.message.c_str());
}

std::int64_t Silence::moved_items(const std::string& what) const {
  const std::lock_guard lock(mutex_);
  const auto found = moved_.find(what);
  return found == moved_.end() ? 0 : found->second;
}

}  // namespace bench
