#pragma once
// The port every marketplace implements: a small vocabulary, five translations.
//
// A connector translates; it decides nothing about stock or retries. Calls block, at most their
// kind's total deadline; one thread per instance at a time. Failures are values: a report says per
// index what the channel said, and an index in neither list is unconfirmed. Vendor codes are
// translated once, in the folder's errors.cpp, and kept raw in Error::vendor_code.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/exposure.h"
#include "catalog/listing.h"
#include "catalog/order.h"
#include "catalog/product.h"

namespace connectors {

enum class Delivery {
  api,        // calls take effect by themselves
  worksheet,  // a person types what we write; `declare` instead of the push calls
};

// What a channel can do; the core plans around what it cannot.
struct Capabilities {
  Delivery delivery = Delivery::api;
  catalog::StockWrite stock_write = catalog::StockWrite::absolute;
  catalog::Restock on_cancel = catalog::Restock::channel_adds_back;
  bool needs_image = true;
  bool can_feature = false;
  std::size_t publish_batch_max = 1;
  std::size_t stock_batch_max = 50;
  std::size_t price_batch_max = 50;
  std::size_t read_batch_max = 50;
  std::size_t title_code_points_max = 120;
};

// Everything a channel needs to show one variant.
struct ListingContent {
  catalog::Sku sku;
  catalog::Binding binding;  // empty: create
  catalog::Text title;       // product and pack
  catalog::Text description;
  std::string category;            // our path
  std::string category_remote_id;  // from the account's category map
  std::string producer_name;
  std::string unit_vi;
  int net_weight_g = 0;
  int package_weight_g = 0;
  int length_cm = 0;
  int width_cm = 0;
  int height_cm = 0;
  std::string gtin;
  std::vector<catalog::Certificate> certificates;  // those that may be shown today
  std::vector<std::string> image_files;            // absolute paths, main picture first
  std::int64_t price = 0;                          // đồng
  std::int64_t initial_stock = 0;                  // used by a create only
  bool visible = true;
  int featured_rank = 0;
};

struct StockUpdate {
  catalog::Sku sku;
  catalog::Binding binding;
  bool is_delta = false;
  std::int64_t quantity = 0;  // absolute, or signed when is_delta
};

struct PriceUpdate {
  catalog::Sku sku;
  catalog::Binding binding;
  std::int64_t price = 0;  // đồng
};

struct Rejection {
  std::size_t index = 0;
  base::Error error;
};

// Verdict on one batch, by index. An index in neither list is unconfirmed: for a write that was
// sent, `stopped_by` with unknown_outcome says it may have happened.
struct PushReport {
  std::vector<std::size_t> accepted;
  std::vector<Rejection> rejected;        // not applied, never retried unchanged
  std::optional<base::Error> stopped_by;  // why the rest is unconfirmed
};

struct PublishReport {
  struct Accepted {
    std::size_t index = 0;
    catalog::Binding binding;
  };
  std::vector<Accepted> accepted;
  std::vector<Rejection> rejected;
  std::optional<base::Error> stopped_by;
};

// What the channel shows for one listing.
struct RemoteListing {
  catalog::Sku sku;  // the seller's SKU there; empty when it has none
  catalog::Binding binding;
  std::string title;
  std::int64_t stock = 0;  // what buyers can buy now
  std::int64_t price = 0;
  bool visible = false;
  std::string remote_status;
};

struct ListingPage {
  std::vector<RemoteListing> listings;
  std::string next_cursor;  // empty: that was the last page
};

// Orders updated in (from, to]; `page_cursor` is the channel's own, empty for the first page.
struct OrderQuery {
  base::Instant from;
  base::Instant to;
  std::string page_cursor;
};

struct OrderPage {
  std::vector<catalog::Order> orders;  // account is filled in by the caller
  std::string next_cursor;             // empty: that was the last page
  // Set by a channel that knows less than `to` (a file of last evening).
  std::optional<base::Instant> complete_through;
  std::vector<base::Error> unreadable;  // rows or orders that a person must look at
};

struct ShopInfo {
  std::string shop_name;
  std::string remote_id;
  std::string note;  // "consent ends 2027-03-01"
};

struct WorksheetLine {
  ListingContent content;
  std::string action;  // "create", "update", "withdraw"
  std::int64_t price_old = -1;
  std::int64_t price_new = -1;  // -1: unchanged
  std::int64_t stock_old = -1;
  std::int64_t stock_new = -1;
  std::string reason_vi;
};

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
  virtual base::Result<OrderPage> pull_orders(const OrderQuery& query) = 0;
  // Delivery::worksheet only: writes <stem>.xlsx, .csv and .html for the clerk. Never overwrites.
  virtual base::Result<std::vector<std::string>> declare(const std::string& stem,
                                                         std::span<const WorksheetLine> lines) = 0;
};

}  // namespace connectors
