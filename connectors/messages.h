#pragma once
// What goes between the core and a connector: desired content one way, what the channel shows, sold
// and answered the other way. No JSON, no XML: each connector's mapping translates.
// Money is integer đồng, stock is packs. Threads: values.
#include <cstdint>
#include <optional>
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
  bool own_shipping = false;  // parcels go by carriers that the channel books itself
  // Packs of one product may be variations of one listing; a publish batch then holds whole
  // products.
  bool groups_variants = false;
  std::size_t variants_per_listing_max = 1;
  int variant_price_spread_max = 0;  // dearest pack of a listing to its cheapest; 0: no limit
  std::size_t publish_batch_max = 1;
  std::size_t stock_batch_max = 50;
  std::size_t price_batch_max = 50;
  std::size_t read_batch_max = 50;
  std::size_t title_code_points_max = 120;
};

// One attribute of the channel's category, as the account's attribute map resolved it.
//   remote_id        the channel's id or name of the attribute
//   remote_value_id  of a value chosen from the channel's list; empty: free text
struct RemoteAttribute {
  std::string remote_id;
  std::string remote_value_id;
  std::string text;
  std::string unit;

  bool operator==(const RemoteAttribute&) const = default;
};

// Everything a channel needs to show one variant.
struct ListingContent {
  catalog::Sku sku;
  catalog::Binding binding;  // empty: create
  catalog::ProductId product;
  // Where other packs of the product are shown already, as variations of one listing: a create with
  // this set adds a variation there. Empty: none of them is on the channel.
  std::string sibling_item_id;
  catalog::Text product_name;  // the product's own
  catalog::Text pack_name;     // "Hộp 5 kg"
  catalog::Text title;         // product and pack
  catalog::Text description;
  std::string category;                     // our path
  std::string category_remote_id;           // from the account's category map
  std::vector<RemoteAttribute> attributes;  // from the account's attribute map
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
  // A listing outside the batch whose ids changed with it: a plain item that became one of several
  // variations when the second pack came.
  struct Rebound {
    catalog::Sku sku;
    catalog::Binding binding;
  };
  std::vector<Accepted> accepted;
  std::vector<Rejection> rejected;
  std::vector<Rebound> rebound;
  std::optional<base::Error> stopped_by;
};

// Why buyers cannot see a listing, as far as the channel says.
enum class ListingHealth {
  shown,
  hidden,     // by the seller
  reviewing,  // the channel has not decided yet
  refused,    // banned or turned down: `health_reason` says why
  gone,       // deleted there
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
  ListingHealth health = ListingHealth::shown;
  std::string health_reason;  // the channel's own words
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
  std::optional<base::Instant> confirmed_at = {};  // when a person last confirmed these goods
};

}  // namespace connectors
