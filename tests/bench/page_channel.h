#pragma once
// A channel that has its order pages ready (one thread), and an observer that only counts (any).
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "jobs/services.h"

namespace bench {

class PageChannel final : public connectors::Connector {
 public:
  PageChannel(std::vector<catalog::Order> orders, std::size_t orders_per_page);

  connectors::Capabilities capabilities() const override { return {}; }
  base::Result<connectors::OrderPage> pull_orders(const connectors::OrderQuery& query) override;

  // Nothing else is asked of it: each of these says so.
  base::Result<connectors::ShopInfo> test() override;
  connectors::PublishReport publish(std::span<const connectors::ListingContent> batch) override;
  connectors::PushReport push_stock(std::span<const connectors::StockUpdate> batch) override;
  connectors::PushReport push_prices(std::span<const connectors::PriceUpdate> batch) override;
  base::Result<std::vector<connectors::RemoteListing>> read(
      std::span<const catalog::Binding> bindings) override;
  base::Result<connectors::ListingPage> list(const std::string& page_cursor) override;
  base::Result<std::optional<connectors::RemoteListing>> find(const catalog::Sku& sku) override;
  base::Result<std::vector<std::string>> declare(
      const std::string& stem, std::span<const connectors::WorksheetLine> lines) override;

 private:
  std::vector<connectors::OrderPage> pages_;
};

class Silence final : public jobs::Observer {
 public:
  void job_started(const jobs::Job&) override {}
  void job_finished(const jobs::Job&, const jobs::Outcome&) override {}
  void moved(const catalog::AccountId&, const std::string& what, std::int64_t items) override {
    const std::lock_guard lock(mutex_);
    moved_[what] += items;
  }
  void notice(const catalog::AccountId&, const base::Error& error) override;

  std::int64_t moved_items(const std::string& what) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> moved_;
};

}  // namespace bench
