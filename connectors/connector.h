#pragma once
// The port every marketplace implements: a small vocabulary, five translations.
//
// A connector translates; it decides nothing about stock or retries. Calls block, at most their
// kind's total deadline; one thread per instance at a time. Failures are values: a report says per
// index what the channel said, and an index in neither list is unconfirmed. Vendor codes are
// translated once, in the folder's errors.cpp, and kept raw in Error::vendor_code.
//
// What not every channel has is a part of its own (consent.h, fulfilment.h, …), owned by the
// connector; a null part means the channel cannot do it, and the core plans around that.
#include <span>

#include "connectors/messages.h"

namespace connectors {

class AfterSale;     // after_sale.h
class Consent;       // consent.h
class Featuring;     // featuring.h
class Fulfilment;    // fulfilment.h
class ListingRules;  // listing_rules.h
class SystemCheck;   // system_check.h
class Webhooks;      // webhooks.h

class Connector {
 public:
  virtual ~Connector() = default;

  virtual Capabilities capabilities() const = 0;
  // The cheapest authenticated question.
  virtual base::Result<ShopInfo> test() = 0;
  // Creates (empty binding) or updates content, price excluded on update. Not repeatable for
  // creates: after unknown_outcome, find() before anything else.
  virtual PublishReport publish(std::span<const ListingContent> batch) = 0;
  virtual PushReport push_stock(std::span<const StockUpdate> batch) = 0;
  virtual PushReport push_prices(std::span<const PriceUpdate> batch) = 0;
  // Listings by binding, in any order; ones that are gone are left out.
  virtual base::Result<std::vector<RemoteListing>> read(
      std::span<const catalog::Binding> bindings) = 0;
  // Every listing of the shop, page by page.
  virtual base::Result<ListingPage> list(const std::string& page_cursor) = 0;
  // The listing with this seller SKU, if the channel has one.
  virtual base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku) = 0;
  // Takes listings off the channel for good; a listing that is gone already is accepted.
  virtual PushReport erase(std::span<const catalog::Binding> bindings);
  virtual base::Result<OrderPage> pull_orders(const OrderQuery& query) = 0;
  // These orders as they are now, in any order; ones the channel does not know are left out.
  virtual base::Result<OrderPage> fetch_orders(std::span<const std::string> remote_ids);
  // Delivery::worksheet only: writes <stem>.xlsx, .csv and .html for the clerk. Never overwrites.
  virtual base::Result<std::vector<std::string>> declare(const std::string& stem,
                                                         std::span<const WorksheetLine> lines) = 0;

  virtual Consent* consent() { return nullptr; }
  virtual ListingRules* listing_rules() { return nullptr; }
  virtual Featuring* featuring() { return nullptr; }
  virtual Fulfilment* fulfilment() { return nullptr; }
  virtual AfterSale* after_sale() { return nullptr; }
  virtual Webhooks* webhooks() { return nullptr; }
  virtual SystemCheck* system_check() { return nullptr; }
};

}  // namespace connectors
